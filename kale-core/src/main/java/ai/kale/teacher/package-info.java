/**
 * What stands between a run and a teacher that costs money: the journal of replies, retries, rate
 * limits, budgets and estimates. {@link ai.kale.teacher.ManagedTeacher} puts them around any {@link
 * ai.kale.spi.TeacherModel}.
 */
@NullMarked
package ai.kale.teacher;

import org.jspecify.annotations.NullMarked;
