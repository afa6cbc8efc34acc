/** Example: a chat model of langchain4j as a teacher. */
@NullMarked
package ai.kale.examples.langchain4j;

import org.jspecify.annotations.NullMarked;
