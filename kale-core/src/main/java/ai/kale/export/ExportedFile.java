package ai.kale.export;

import java.nio.file.Path;

/**
 * What an export wrote.
 *
 * @param file the file
 * @param format the form of its rows, see {@link Export#format}
 * @param rows how many
 * @param bytes its size
 * @param sha256 hash of its content, in lower-case hex
 */
public record ExportedFile(Path file, String format, long rows, long bytes, String sha256) {}
