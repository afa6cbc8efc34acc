package ai.kale.train;

import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.run.FileClaim;
import ai.kale.train.io.Folders;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Optional;

/** The right of one run to write checkpoints into a folder, in this process and among others. */
final class FolderClaim implements AutoCloseable {
  private static final String NAME = "run";

  private final FileClaim claim;

  private FolderClaim(FileClaim claim) {
    this.claim = claim;
  }

  /**
   * Claims a folder, created if missing.
   *
   * @throws SetupException if another run has it, or it cannot be written to
   */
  static FolderClaim of(Path folder) {
    Folders.create(folder);
    try {
      Optional<FileClaim> claim = FileClaim.of(folder.resolve(NAME));
      return new FolderClaim(
          claim.orElseThrow(
              () ->
                  new SetupException(
                      "another run is writing its checkpoints to "
                          + folder
                          + "; wait for it, or name another checkpoint folder")));
    } catch (ClosedByInterruptException e) {
      throw new OperationCancelledException("interrupted while " + folder + " was opened", e);
    } catch (IOException e) {
      throw new SetupException(
          "the checkpoint folder "
              + folder
              + " cannot be written to: "
              + e
              + "; check rights and free space, or name another",
          e);
    }
  }

  @Override
  public void close() {
    claim.close();
  }
}
