/**
 * What others implement: entity linkers, teachers, graph providers; tensor engines are in {@link
 * ai.kale.spi.tensor}.
 */
@NullMarked
package ai.kale.spi;

import org.jspecify.annotations.NullMarked;
