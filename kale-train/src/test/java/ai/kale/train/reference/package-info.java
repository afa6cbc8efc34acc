/**
 * A tensor engine for tiny models in plain Java and double precision: the oracle of the tests, and
 * an example of how the SPI is implemented. Written for clarity; nothing in it is fast.
 */
@NullMarked
package ai.kale.train.reference;

import org.jspecify.annotations.NullMarked;
