package ai.kale.run;

/**
 * One step of long work.
 *
 * @param stage what is being done, for example {@code "extract"}
 * @param done units finished, from 0
 * @param total units in all, or -1 where unknown
 * @param detail a short human-readable remark, possibly empty
 */
public record Progress(String stage, long done, long total, String detail) {}
