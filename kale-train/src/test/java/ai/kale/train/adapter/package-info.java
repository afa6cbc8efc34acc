@NullMarked
package ai.kale.train.adapter;

import org.jspecify.annotations.NullMarked;
