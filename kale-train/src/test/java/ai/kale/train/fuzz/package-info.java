@NullMarked
package ai.kale.train.fuzz;

import org.jspecify.annotations.NullMarked;
