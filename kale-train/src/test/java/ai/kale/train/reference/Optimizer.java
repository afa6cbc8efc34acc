package ai.kale.train.reference;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.run.AtomicFiles;
import ai.kale.spi.tensor.AdamW;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** AdamW over some of the parameters, its moments and its step count. */
final class Optimizer {
  private static final String MAGIC = "kale reference optimizer 1";

  private record Moments(double[] first, double[] second) {}

  private final Parameters parameters;
  private final Map<String, Moments> moments = new LinkedHashMap<>();
  private long steps;

  Optimizer(Parameters parameters, List<String> trained) {
    this.parameters = parameters;
    for (String name : trained) {
      int size = parameters.get(name).value.length;
      moments.put(name, new Moments(new double[size], new double[size]));
    }
  }

  /** One step; returns the global norm. Weights stay representable as 32-bit floats. */
  double step(AdamW adamW) {
    Requests.optimizer(adamW);
    double squares = 0;
    for (String name : moments.keySet()) {
      for (double g : parameters.get(name).gradient) {
        squares += g * g;
      }
    }
    double norm = Math.sqrt(squares);
    if (Double.isFinite(norm)) {
      steps++;
      double clip = Math.min(1, adamW.maxGradientNorm() / norm);
      moments.forEach((name, moment) -> update(name, moment, adamW, norm == 0 ? 1 : clip));
    }
    parameters.zeroGradients();
    return norm;
  }

  private void update(String name, Moments moment, AdamW adamW, double clip) {
    Matrix weight = parameters.get(name);
    double decay = parameters.shape(name).length >= 2 ? adamW.weightDecay() : 0;
    double firstScale = 1 - Math.pow(adamW.beta1(), (double) steps);
    double secondScale = 1 - Math.pow(adamW.beta2(), (double) steps);
    for (int i = 0; i < weight.value.length; i++) {
      double g = weight.gradient[i] * clip;
      moment.first[i] = adamW.beta1() * moment.first[i] + (1 - adamW.beta1()) * g;
      moment.second[i] = adamW.beta2() * moment.second[i] + (1 - adamW.beta2()) * g * g;
      double root = Math.sqrt(moment.second[i] / secondScale) + adamW.epsilon();
      double move = moment.first[i] == 0 ? 0 : moment.first[i] / firstScale / root;
      double value = weight.value[i] * (1 - adamW.learningRate() * decay);
      weight.value[i] = (float) (value - adamW.learningRate() * move);
    }
  }

  void save(Path file, long[] dropout) {
    AtomicFiles.write(
        file,
        stream -> {
          DataOutputStream out = new DataOutputStream(stream);
          out.writeUTF(MAGIC);
          out.writeLong(steps);
          out.writeLong(dropout[0]);
          out.writeLong(dropout[1]);
          for (Map.Entry<String, Moments> entry : moments.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeInt(entry.getValue().first.length);
            for (double[] values : List.of(entry.getValue().first, entry.getValue().second)) {
              for (double value : values) {
                out.writeDouble(value);
              }
            }
          }
          out.flush();
        });
  }

  /** Restores what was saved; returns the state of the dropout. */
  long[] load(Path file) {
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      require(in.readUTF().equals(MAGIC), file, "another kind of file");
      long savedSteps = in.readLong();
      long[] dropout = {in.readLong(), in.readLong()};
      Map<String, Moments> saved = new LinkedHashMap<>();
      for (Map.Entry<String, Moments> entry : moments.entrySet()) {
        int size = entry.getValue().first.length;
        boolean fits = in.readUTF().equals(entry.getKey()) && in.readInt() == size;
        require(fits, file, "no moments of " + entry.getKey());
        saved.put(entry.getKey(), new Moments(doubles(in, size), doubles(in, size)));
      }
      require(in.read() < 0, file, "more than this model's moments");
      moments.putAll(saved);
      steps = savedSteps;
      return dropout;
    } catch (java.io.EOFException | java.io.UTFDataFormatException e) {
      throw new CorruptFileException(file + ": not the optimizer state of this model", e);
    } catch (IOException e) {
      throw new SetupException("cannot read " + file + ": " + e + "; check path and rights", e);
    }
  }

  private static double[] doubles(DataInputStream in, int size) throws IOException {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }

  private static void require(boolean holds, Path file, String what) {
    if (!holds) {
      throw new CorruptFileException(file + ": " + what + "; give the state of this model");
    }
  }
}
