package ai.kale.train.data;

import ai.kale.data.KnowledgePath;
import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.error.InvalidInputException;
import ai.kale.train.text.PromptFormat;
import ai.kale.train.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Turns questions into token ids. A text with words outside the vocabulary, or a sequence longer
 * than the model can read, or a control token spelled out in a question, rationale, answer or
 * label, is an error that names the question, never an unknown token and never a cut text.
 *
 * @param tokenizer the model's tokenizer
 * @param format how texts are laid out
 * @param maxTokens longest sequence of prompt and completion, in tokens; at most the model's {@code
 *     maxPositions}
 * @param mask bridges that must not be supervised
 */
public record ExampleEncoder(
    Tokenizer tokenizer, PromptFormat format, int maxTokens, BridgeMask mask) {
  private static final int[] NONE = {};

  /** What to do with a question that cannot be encoded. */
  public enum Policy {
    /** Throw {@link InvalidInputException}. */
    FAIL,
    /** Leave it out and report it in {@link EncodedExamples#skipped}. */
    SKIP
  }

  /**
   * Encodes a question with its first path to the answer. Where the paths are a fallback there is
   * none, and so no bridge: what lies on a path that does not reach the answer is no step to it.
   *
   * @param question a question with an answer
   * @return the example
   * @throws InvalidInputException naming the question, if it has no answer, unknown words, or too
   *     many tokens
   */
  public TrainingExample encode(RationalizedQuestion question) {
    return encode(question, question.grounded().answerPaths().stream().findFirst());
  }

  /**
   * Encodes a question with a given path.
   *
   * @param question a question with an answer
   * @param path where the bridges come from; empty for none
   * @return the example
   * @throws InvalidInputException naming the question, if it has no answer, unknown words, or too
   *     many tokens
   */
  public TrainingExample encode(RationalizedQuestion question, Optional<KnowledgePath> path) {
    Question q = question.question();
    String answer = answerOf(q);
    String rationale = question.rationale().text();
    checkControl(q.id(), q.prompt(), rationale, answer);
    TrainingExample example =
        new TrainingExample(
            q.id(),
            start(q.id(), "prompt", format.prompt(q.prompt())),
            start(q.id(), "rationale", format.readingPrompt(rationale, q.prompt())),
            ended(q.id(), "answer", format.completion(answer)),
            ended(q.id(), "rationale", format.rationaleCompletion(rationale, answer)),
            path.map(p -> bridges(q.id(), p)).orElse(List.of()));
    checkLength(example);
    return example;
  }

  /**
   * Encodes questions, in order.
   *
   * @param questions any number
   * @param policy what to do with those that cannot be encoded
   * @return the examples, and what was skipped
   * @throws InvalidInputException under {@link Policy#FAIL}
   */
  public EncodedExamples encodeAll(List<RationalizedQuestion> questions, Policy policy) {
    List<TrainingExample> examples = new ArrayList<>(questions.size());
    List<EncodedExamples.Skipped> skipped = new ArrayList<>();
    for (RationalizedQuestion question : questions) {
      try {
        examples.add(encode(question));
      } catch (InvalidInputException e) {
        if (policy == Policy.FAIL) {
          throw e;
        }
        skipped.add(new EncodedExamples.Skipped(question.question().id(), text(e)));
      }
    }
    return new EncodedExamples(examples, skipped);
  }

  /**
   * Encodes a question alone: no rationale, no path. For replayed one-hop facts.
   *
   * @param question a question with an answer
   * @return the example
   * @throws InvalidInputException as {@link #encode(RationalizedQuestion)}
   */
  public TrainingExample encodeFact(Question question) {
    checkControl(question.id(), question.prompt(), answerOf(question));
    TrainingExample example =
        TrainingExample.of(
            question.id(),
            start(question.id(), "prompt", format.prompt(question.prompt())),
            ended(question.id(), "answer", format.completion(answerOf(question))));
    checkLength(example);
    return example;
  }

  /**
   * Encodes a question whose prompt holds the rationale: for teaching a model to read.
   *
   * @param question a question with an answer
   * @param rationale a text that leads to the answer
   * @return an example whose prompt is the reading prompt
   * @throws InvalidInputException as {@link #encode(RationalizedQuestion)}
   */
  public TrainingExample encodeReading(Question question, String rationale) {
    String prompt = format.readingPrompt(rationale, question.prompt());
    checkControl(question.id(), question.prompt(), rationale, answerOf(question));
    TrainingExample example =
        TrainingExample.of(
            question.id(),
            start(question.id(), "rationale", prompt),
            ended(question.id(), "answer", format.completion(answerOf(question))));
    checkLength(example);
    return example;
  }

  /**
   * Encodes a running text, for pretraining: its first token is the prompt, the others and the
   * end-of-sequence token the completion.
   *
   * @param id a name for messages
   * @param text at least one token
   * @return the example
   * @throws InvalidInputException as {@link #encode(RationalizedQuestion)}
   */
  public TrainingExample encodeText(String id, String text) {
    checkControl(id, text);
    int[] all = end(start(id, "text", text), tokenizer.eosId());
    if (all.length < 2 || text.isBlank()) {
      throw wrong(id, "is an empty text; leave it out");
    }
    TrainingExample example =
        TrainingExample.of(id, new int[] {all[0]}, Arrays.copyOfRange(all, 1, all.length));
    checkLength(example);
    return example;
  }

  private List<Bridge> bridges(String id, KnowledgePath path) {
    List<Bridge> bridges = new ArrayList<>();
    for (int hop = 1; hop < path.hops(); hop++) {
      String label = path.steps().get(hop - 1).entity().label();
      checkControl(id, label);
      int[] tokens = ids(id, "bridge entity", format.completion(label));
      if (tokens.length == 0) {
        throw wrong(id, "has a bridge entity with an empty label; mend the graph's labels");
      }
      bridges.add(new Bridge(hop, Arrays.stream(tokens).boxed().toList(), mask.allows(path, hop)));
    }
    return bridges;
  }

  private void checkControl(String id, String... texts) {
    for (String text : texts) {
      for (String special : tokenizer.specialTokens()) {
        if (text.contains(special)) {
          throw wrong(
              id,
              "holds the control token "
                  + special
                  + " as text, which would end or restart the sequence; remove it");
        }
      }
    }
  }

  private static String answerOf(Question question) {
    if (question.answers().isEmpty() || question.answer().isBlank()) {
      throw wrong(question.id(), "has no answer to train on; give it one or leave it out");
    }
    return question.answer();
  }

  private int[] ended(String id, String part, String text) {
    return end(ids(id, part, text), format.endId(tokenizer));
  }

  private static int[] end(int[] tokens, int last) {
    int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
    ended[tokens.length] = last;
    return ended;
  }

  private int[] start(String id, String part, String text) {
    checkKnown(id, part, text);
    return format.encodePrompt(tokenizer, text);
  }

  private int[] ids(String id, String part, String text) {
    checkKnown(id, part, text);
    return text.isEmpty() ? NONE : tokenizer.encode(text);
  }

  private void checkKnown(String id, String part, String text) {
    List<String> unknown = text.isEmpty() ? List.of() : tokenizer.unknownWords(text);
    if (!unknown.isEmpty()) {
      throw wrong(
          id,
          "has words in its "
              + part
              + " that the tokenizer does not know: "
              + String.join(", ", unknown)
              + "; add them to its vocabulary or leave the question out");
    }
  }

  private void checkLength(TrainingExample e) {
    int direct = e.prompt().length + e.answer().length;
    int reading = e.hasRationale() ? e.readingPrompt().length + e.answer().length : 0;
    int writing = e.prompt().length + e.rationaleThenAnswer().length;
    int naming =
        e.bridges().stream().mapToInt(b -> e.prompt().length + b.tokens().size()).max().orElse(0);
    int longest = Math.max(Math.max(direct, naming), Math.max(reading, writing));
    if (longest > maxTokens) {
      throw wrong(
          e.questionId(),
          "needs "
              + longest
              + " tokens but at most "
              + maxTokens
              + " fit; shorten its rationale, take fewer paths, or leave it out");
    }
  }

  private static InvalidInputException wrong(String id, String problem) {
    return new InvalidInputException("question " + id + " " + problem);
  }

  private static String text(InvalidInputException e) {
    return e.getMessage() == null ? "" : e.getMessage();
  }
}
