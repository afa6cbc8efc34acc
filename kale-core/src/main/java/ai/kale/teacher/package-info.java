/**
 * Teachers that can be relied on: rate limits, the one retry policy, and what stands around a
 * {@link ai.kale.spi.TeacherModel} so that a long paid run gets through.
 */
@NullMarked
package ai.kale.teacher;

import org.jspecify.annotations.NullMarked;
