package ai.kale.train;

import ai.kale.error.SetupException;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenPredictor;
import ai.kale.train.data.PassLimit;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.teacher.FrozenBaseTeacher;
import ai.kale.train.teacher.FrozenTeacherCache;
import ai.kale.train.teacher.LiveTeacher;
import ai.kale.train.teacher.Teacher;
import ai.kale.train.teacher.TeacherKey;
import ai.kale.train.teacher.TeacherTargets;
import ai.kale.train.teacher.TrailingTeacher;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes the teacher of a run.
 *
 * @param mode which one
 * @param cacheFolder where a frozen teacher's distributions are kept; empty for in memory
 * @param limit of one pass
 * @param context progress and cancellation
 */
record TeacherFactory(
    TeacherMode mode, Optional<Path> cacheFolder, PassLimit limit, RunContext context) {
  private static final int KEY_SHOWN = 16;

  /** The line that determines the teacher which {@link #make} gives. Computes nothing. */
  String describe(TeacherKey key, TensorModel model) {
    return uncached(key, model)
        .map(Teacher::describe)
        .orElseGet(() -> TeacherTargets.describe(key.hash()));
  }

  /** The teacher for examples; the key is of the model as training begins. */
  Teacher make(TeacherKey key, TensorModel model, List<TrainingExample> examples) {
    return uncached(key, model).orElseGet(() -> cached(key, model.base().orElse(model), examples));
  }

  private Optional<Teacher> uncached(TeacherKey key, TensorModel model) {
    int k = Math.min(key.k(), model.vocabularySize());
    double temperature = key.temperature();
    if (mode instanceof TeacherMode.FrozenLive) {
      if (model.base().isEmpty()) {
        throw new SetupException(
            "a frozen teacher that is not cached needs an adapter, or its weights would be trained;"
                + " call lora(…), or take TeacherMode.frozenCached()");
      }
      return Optional.of(new FrozenBaseTeacher(k, temperature));
    } else if (mode instanceof TeacherMode.Live) {
      return Optional.of(new LiveTeacher(k, temperature));
    } else if (mode instanceof TeacherMode.Ema ema) {
      return Optional.of(TrailingTeacher.ema(k, temperature, ema.decay()));
    } else if (mode instanceof TeacherMode.Refreshed refreshed) {
      return Optional.of(TrailingTeacher.refreshed(k, temperature, refreshed.every()));
    }
    return Optional.empty();
  }

  private Teacher cached(TeacherKey key, TokenPredictor base, List<TrainingExample> examples) {
    if (cacheFolder.isEmpty()) {
      return TeacherTargets.compute(key, base, examples, limit, context);
    }
    String name = "teacher-" + key.hash().substring(0, KEY_SHOWN) + ".bin";
    return new FrozenTeacherCache(cacheFolder.get().resolve(name))
        .loadOrCompute(key, base, examples, limit, context);
  }
}
