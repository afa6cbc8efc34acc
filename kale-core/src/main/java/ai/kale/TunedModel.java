package ai.kale;

import ai.kale.data.Provenance;
import ai.kale.eval.AnswerModel;
import java.nio.file.Path;

/** A fine-tuned model that answers questions, with the record of how it came to be. */
public interface TunedModel extends AnswerModel, AutoCloseable {
  /** How the model was made: data, objective, seed, versions. */
  Provenance provenance();

  /**
   * Writes the model as a Hugging Face folder with its tokenizer and {@code kale-provenance.json}.
   *
   * @param folder created if missing; files are replaced whole or not at all
   */
  void save(Path folder);

  /** Frees native memory. */
  @Override
  void close();
}
