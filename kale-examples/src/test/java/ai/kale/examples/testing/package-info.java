/** Small graphs and questions for the tests of this module. */
@NullMarked
package ai.kale.examples.testing;

import org.jspecify.annotations.NullMarked;
