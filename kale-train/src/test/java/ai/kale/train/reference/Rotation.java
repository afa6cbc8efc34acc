package ai.kale.train.reference;

import ai.kale.train.checkpoint.RotaryConfig;
import ai.kale.train.checkpoint.RotaryScaling;

/** Rotary position embedding of the rows of one head; row t stands at position t. */
final class Rotation {
  private final double[] frequencies;

  Rotation(RotaryConfig config, int headDim) {
    frequencies = new double[headDim / 2];
    for (int j = 0; j < frequencies.length; j++) {
      double wavelength = 2 * Math.PI * Math.pow(config.theta(), 2.0 * j / headDim);
      frequencies[j] = 2 * Math.PI / (wavelength * stretch(config.scaling(), wavelength));
    }
  }

  /** What a wavelength is multiplied with. */
  private static double stretch(RotaryScaling scaling, double wavelength) {
    if (scaling instanceof RotaryScaling.Linear linear) {
      return linear.factor();
    }
    if (scaling instanceof RotaryScaling.Llama3 llama) {
      double turns = llama.originalPositions() / wavelength;
      double kept = (turns - llama.lowFactor()) / (llama.highFactor() - llama.lowFactor());
      kept = Math.max(0, Math.min(1, kept));
      return 1 / (kept + (1 - kept) / llama.factor());
    }
    return 1;
  }

  /** Rotates dimension j together with dimension j + d/2. */
  Matrix rotate(Tape tape, Matrix x) {
    Matrix result = new Matrix(x.rows, x.columns);
    turn(x.value, result.value, x.rows, 1);
    tape.record(() -> turn(result.gradient, x.gradient, x.rows, -1));
    return result;
  }

  private void turn(double[] from, double[] into, int rows, int direction) {
    int half = frequencies.length;
    for (int t = 0; t < rows; t++) {
      for (int j = 0; j < half; j++) {
        int low = t * 2 * half + j;
        int high = low + half;
        double cos = Math.cos(t * frequencies[j]);
        double sin = direction * Math.sin(t * frequencies[j]);
        into[low] += from[low] * cos - from[high] * sin;
        into[high] += from[high] * cos + from[low] * sin;
      }
    }
  }
}
