/**
 * Contract tests for whoever implements an SPI of KALE: extend the class, say how to make an
 * instance, and run. Published as {@code ai.kale:kale-core:…:tck}.
 */
@NullMarked
package ai.kale.tck;

import org.jspecify.annotations.NullMarked;
