@NullMarked
package ai.kale.train.metrics;

import org.jspecify.annotations.NullMarked;
