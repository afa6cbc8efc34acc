@NullMarked
package ai.kale.train.chat;

import org.jspecify.annotations.NullMarked;
