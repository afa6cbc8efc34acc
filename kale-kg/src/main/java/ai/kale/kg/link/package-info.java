/** Entity linking: which entities a question and its answers name. */
@NullMarked
package ai.kale.kg.link;

import org.jspecify.annotations.NullMarked;
