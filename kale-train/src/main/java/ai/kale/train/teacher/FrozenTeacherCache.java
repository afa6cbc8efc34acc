package ai.kale.train.teacher;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.run.AtomicFiles;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.io.Folders;
import ai.kale.train.io.Sha256;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * One file that keeps a frozen teacher's distributions: {@code 8 · k + 4} bytes for each answer
 * token. A file made from anything else than what is asked for, or damaged, is refused, never
 * replaced unasked.
 *
 * <p>Layout, big-endian: magic {@code KALETT01}, key (64 ASCII digits in UTF form), rows, k, then
 * ids, log-probabilities and tails, then the SHA-256 of all before it.
 *
 * @param file where it is kept
 */
public record FrozenTeacherCache(Path file) {
  private static final long MAGIC = 0x4B414C4554543031L;
  private static final int HASH_BYTES = 32;

  /**
   * Reads the file if it is there, else computes the distributions and writes it.
   *
   * @param key what they are computed from
   * @param teacher the model that reads the rationales, not changed
   * @param examples each with a rationale
   * @param batchSize examples in one pass
   * @param context progress and cancellation
   * @return the targets
   * @throws CorruptFileException if the file is there but damaged or made from something else
   */
  public TeacherTargets loadOrCompute(
      TeacherKey key,
      TensorModel teacher,
      List<TrainingExample> examples,
      int batchSize,
      RunContext context) {
    return Files.exists(file)
        ? load(key, examples)
        : recompute(key, teacher, examples, batchSize, context);
  }

  /**
   * Computes the distributions and writes the file, whatever was there.
   *
   * @param key what they are computed from
   * @param teacher the model that reads the rationales, not changed
   * @param examples each with a rationale
   * @param batchSize examples in one pass
   * @param context progress and cancellation
   * @return the targets
   * @throws SetupException if the file cannot be written
   */
  public TeacherTargets recompute(
      TeacherKey key,
      TensorModel teacher,
      List<TrainingExample> examples,
      int batchSize,
      RunContext context) {
    TeacherTargets targets = TeacherTargets.compute(key, teacher, examples, batchSize, context);
    Folders.createFor(file);
    AtomicFiles.write(file, out -> write(out, targets));
    return targets;
  }

  /**
   * Reads the file.
   *
   * @param key what it must have been computed from
   * @param examples the examples of the key
   * @return the targets
   * @throws CorruptFileException if it is damaged or made from something else
   * @throws SetupException if it cannot be read
   */
  public TeacherTargets load(TeacherKey key, List<TrainingExample> examples) {
    int[] offsets = TeacherTargets.offsets(examples);
    MessageDigest digest = Sha256.newDigest();
    try (DataInputStream in =
        new DataInputStream(
            new DigestInputStream(
                new BufferedInputStream(Files.newInputStream(file), 1 << 16), digest))) {
      if (in.readLong() != MAGIC) {
        throw damaged("is not a teacher cache, or of another version");
      }
      String found = in.readUTF();
      int rows = in.readInt();
      int k = in.readInt();
      if (!found.equals(key.hash())) {
        throw damaged(
            "was made from other weights, data, prompt format, k or temperature (key "
                + found
                + ", wanted "
                + key.hash()
                + ")");
      }
      if (rows != offsets[examples.size()] || k < 1 || k > key.k() || sizeDiffers(found, rows, k)) {
        throw damaged("is cut short or has a damaged header");
      }
      Distributions all = readBody(in, rows, k);
      byte[] expected = digest.digest();
      if (!Arrays.equals(expected, in.readNBytes(HASH_BYTES))) {
        throw damaged("has a wrong checksum");
      }
      return new TeacherTargets(found, all, offsets);
    } catch (EOFException | UTFDataFormatException e) {
      throw damaged("is cut short or has a damaged header");
    } catch (IOException e) {
      throw new SetupException(file + " cannot be read: " + e + "; check path and rights", e);
    }
  }

  private boolean sizeDiffers(String key, int rows, int k) throws IOException {
    long header = Long.BYTES + Short.BYTES + key.length() + 2L * Integer.BYTES;
    long body = rows * (2L * k + 1) * Integer.BYTES;
    return Files.size(file) != header + body + HASH_BYTES;
  }

  private static Distributions readBody(DataInputStream in, int rows, int k) throws IOException {
    int[] ids = new int[Math.multiplyExact(rows, k)];
    float[] logs = new float[ids.length];
    float[] tails = new float[rows];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = in.readInt();
    }
    for (int i = 0; i < logs.length; i++) {
      logs[i] = in.readFloat();
    }
    for (int i = 0; i < rows; i++) {
      tails[i] = in.readFloat();
    }
    return new Distributions(rows, k, ids, logs, tails);
  }

  private static void write(OutputStream raw, TeacherTargets targets) throws IOException {
    DigestOutputStream hashed = new DigestOutputStream(raw, Sha256.newDigest());
    DataOutputStream out = new DataOutputStream(hashed);
    Distributions all = targets.all();
    out.writeLong(MAGIC);
    out.writeUTF(targets.key());
    out.writeInt(all.rows());
    out.writeInt(all.k());
    for (int id : all.ids()) {
      out.writeInt(id);
    }
    for (float log : all.logProbabilities()) {
      out.writeFloat(log);
    }
    for (float tail : all.tailLogProbabilities()) {
      out.writeFloat(tail);
    }
    out.flush();
    raw.write(hashed.getMessageDigest().digest());
  }

  private CorruptFileException damaged(String what) {
    return new CorruptFileException(
        "the teacher cache " + file + " " + what + "; delete it, or ask for a recomputation");
  }
}
