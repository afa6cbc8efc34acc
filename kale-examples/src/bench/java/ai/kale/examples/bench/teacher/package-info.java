/** What a synthesis run keeps, and pays, when its teacher goes wrong and its process is killed. */
@NullMarked
package ai.kale.examples.bench.teacher;

import org.jspecify.annotations.NullMarked;
