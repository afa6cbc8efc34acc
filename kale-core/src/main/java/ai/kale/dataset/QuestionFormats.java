package ai.kale.dataset;

import ai.kale.jsonl.JsonObjects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Readers of public question formats. Each reads plain and gzip files, strictly as UTF-8, one
 * record at a time; a mistake is an {@link ai.kale.error.InvalidInputException} with file and line,
 * and the field where there is one. In a JSON file that is not line by line the line is that on
 * which the record begins.
 *
 * <p>Where a data set has no ids, a question's is the file's name without its ending and the number
 * of the line, row or object: {@code 2-hop-dev-17}. The answer of a multiple-choice question is
 * always the text of the right option, never its letter. What a data set says beside is kept in
 * {@code extra} under its own name, with {@code source.} before it where a question has a field of
 * that name itself.
 */
public final class QuestionFormats {
  private static final Set<String> NONE = Set.of();

  private QuestionFormats() {}

  /**
   * This library's own question files and plain JSONL: see {@link ai.kale.jsonl.QuestionFiles}.
   *
   * @return the reader
   */
  public static QuestionReader plain() {
    return FormatReader.ofFiles(PlainStream::new);
  }

  /**
   * JSON objects of any layout: one a line, or one array of them.
   *
   * @param mapping which field is what
   * @return the reader
   */
  public static QuestionReader json(QuestionMapping mapping) {
    return rows(NONE, () -> new MappedRecords(mapping));
  }

  /**
   * CSV of any columns.
   *
   * @param mapping which column is what
   * @param dialect separator, quote and header
   * @return the reader; a row with another number of columns than the first is an error
   */
  public static QuestionReader csv(QuestionMapping mapping, CsvDialect dialect) {
    return FormatReader.ofFiles(file -> new CsvStream(file, dialect, new MappedRecords(mapping)));
  }

  /**
   * MetaQA ({@code qa_train.txt}, {@code 2-hop-dev.txt}): a question with its topic in {@code
   * [brackets]}, a tab, answers separated by {@code |}. Where {@code NAME-qtype.txt} stands beside
   * {@code NAME.txt}, it has the kind of each question, line by line: kept in {@code extra} as
   * {@code qtype}, and topic and kind together are the group. The brackets are taken off.
   *
   * @return the reader
   * @see <a href="https://arxiv.org/abs/1709.04071">Zhang et al. 2018, Variational Reasoning for
   *     Question Answering with Knowledge Graph</a>
   */
  public static QuestionReader metaQa() {
    return FormatReader.ofFiles(MetaQaStream::new);
  }

  /**
   * PathQuestion with the ids of entities as they are: see {@link #pathQuestion(UnaryOperator)}.
   *
   * @return the reader
   */
  public static QuestionReader pathQuestion() {
    return pathQuestion(UnaryOperator.identity());
  }

  /**
   * PathQuestion ({@code PQ-2H.txt}): question, tab, {@code answer(all/answers/)}, tab, {@code
   * subject#relation#entity#…#<end>#answer}. The path is kept in {@code extra} as {@code path}, a
   * list of entities and relations in turn; the subject is the topic, by its id; subject and
   * relations are the group, because many lines phrase one question. The answer behind {@code
   * <end>} may hold parentheses and slashes, the others parentheses only, and no entity {@code #}:
   * the format has no escapes.
   *
   * @param names makes the name of an entity, for question and answers, of its id such as {@code
   *     marie_curie}
   * @return the reader
   * @see <a href="https://aclanthology.org/C18-1171/">Zhou et al. 2018, An Interpretable Reasoning
   *     Network for Multi-Relation Question Answering</a>
   */
  public static QuestionReader pathQuestion(UnaryOperator<String> names) {
    return FormatReader.ofFiles(file -> new PathQuestionStream(file, names));
  }

  /**
   * ARC: JSONL with {@code id}, {@code question.stem}, {@code question.choices} as objects of
   * {@code label} and {@code text}, {@code answerKey}; also as on the Hugging Face hub, with {@code
   * question} a text and {@code choices} the two lists {@code label} and {@code text}.
   *
   * @return the reader
   * @see <a href="https://arxiv.org/abs/1803.05457">Clark et al. 2018, Think you have Solved
   *     Question Answering? Try ARC, the AI2 Reasoning Challenge</a>
   */
  public static QuestionReader arc() {
    return rows(NONE, () -> new ScienceQuestions(true));
  }

  /**
   * CommonsenseQA: as {@link #arc}, with {@code question_concept}, which is kept in {@code extra}.
   * The published test files have no {@code answerKey}, or an empty one: their questions have no
   * answer.
   *
   * @return the reader
   * @see <a href="https://arxiv.org/abs/1811.00937">Talmor et al. 2019, CommonsenseQA: A Question
   *     Answering Challenge Targeting Commonsense Knowledge</a>
   */
  public static QuestionReader commonsenseQa() {
    return rows(NONE, () -> new ScienceQuestions(false));
  }

  /**
   * MMLU: CSV without a header; question, four options, the letter of the right one. The file's
   * name without {@code _test}, {@code _dev}, {@code _val} or {@code _train} is the subject, kept
   * in {@code extra} as {@code subject}. A folder is read with all the {@code .csv} files in it.
   *
   * @return the reader
   * @see <a href="https://arxiv.org/abs/2009.03300">Hendrycks et al. 2021, Measuring Massive
   *     Multitask Language Understanding</a>
   */
  public static QuestionReader mmlu() {
    return new FormatReader(
        Set.of("csv"),
        file ->
            new CsvStream(
                file, CsvDialect.commas().withHeader(false), new MmluRows(FileNames.base(file))));
  }

  /**
   * RACE: a JSON file for each passage, with {@code article}, {@code questions}, {@code options} (a
   * list of texts for each question), {@code answers} (letters) and {@code id}. The passage is the
   * group. A folder is read with all the {@code .txt} and {@code .json} files in it, in the order
   * of their paths. Also the rows of the Hugging Face hub, as JSON objects or one array of them:
   * {@code example_id}, {@code article}, {@code question}, {@code options}, {@code answer}.
   *
   * @return the reader
   * @see <a href="https://arxiv.org/abs/1704.04683">Lai et al. 2017, RACE: Large-scale ReAding
   *     Comprehension Dataset From Examinations</a>
   */
  public static QuestionReader race() {
    return new FormatReader(
        Set.of("txt", "json", "jsonl"),
        file -> new JsonStream(file, JsonObjects.sequence(file), new RacePassages()));
  }

  /**
   * BIG-Bench Hard: a JSON file for each task, with the list {@code examples} of {@code input} and
   * {@code target}. Options at the end of the input, as {@code Options:} and lines {@code (A) …} or
   * {@code - …}, become choices, and the answer the right one's text. In three published examples
   * options were torn apart at their commas, so that none is the target, and one has a single
   * option: such a question is open-ended, with its options in the text. The file's name is kept as
   * {@code task}. A folder is read with all the {@code .json} files in it.
   *
   * @return the reader
   * @see <a href="https://arxiv.org/abs/2210.09261">Suzgun et al. 2022, Challenging BIG-Bench Tasks
   *     and Whether Chain-of-Thought Can Solve Them</a>
   */
  public static QuestionReader bigBenchHard() {
    return new FormatReader(
        Set.of("json"),
        file ->
            new JsonStream(
                file,
                JsonObjects.array(file, "examples"),
                new BigBenchHardExamples(FileNames.base(file))));
  }

  /**
   * AbsR, the training rows of MeanLearn ({@code data/absr/train.jsonl}, {@code dev.jsonl}): JSONL
   * with {@code system} (the instruction), {@code input} ({@code Question: …}, {@code Options: A) …
   * B) …}, where a rule is given {@code Fact: …} before them: the passage) and {@code output}
   * ({@code Explanation: …}, kept as {@code explanation}, and {@code Answer: B) …}). Each question
   * comes with and without its fact; both are one group, named by the question.
   *
   * @return the reader
   * @see <a href="https://github.com/Waste-Wood/MeanLearn">Xiong et al. 2024, Meaningful Learning:
   *     Enhancing Abstract Reasoning in Large Language Models via Generic Fact Guidance</a>
   */
  public static QuestionReader absR() {
    return rows(NONE, () -> AbsRRows::train);
  }

  /**
   * AbsR's test set ({@code data/absr/test_ppl.json}): one JSON object, whose members have {@code
   * gold} and a prompt for each letter. The question is read from the prompt of {@code label: A};
   * what stands before it is the instruction. The other prompts say the same and are left out.
   *
   * @return the reader
   */
  public static QuestionReader absRTest() {
    return FormatReader.ofFiles(
        file -> new JsonStream(file, JsonObjects.members(file), AbsRRows::test));
  }

  /**
   * WebQSP and CWQ as prepared for RoG ({@code RoG-webqsp}, {@code RoG-cwq}), rows exported as JSON
   * objects: {@code id}, {@code question}, {@code answer} (a list), {@code q_entity} (the topics),
   * {@code a_entity} (kept), {@code choices}. The subgraph of each row ({@code graph}), some 300 kB
   * in CWQ, is skipped: it is not in {@code extra}. {@link #rogWithGraphs} keeps it.
   *
   * @return the reader
   * @see <a href="https://arxiv.org/abs/2310.01061">Luo et al. 2024, Reasoning on Graphs: Faithful
   *     and Interpretable Large Language Model Reasoning</a>
   */
  public static QuestionReader rog() {
    return rows(Set.of("graph"), RogRows::new);
  }

  /**
   * As {@link #rog}, with each row's subgraph in {@code extra} as {@code graph}: a list of {@code
   * [head, relation, tail]}. For streaming: a whole set of these does not fit into memory.
   *
   * @return the reader
   */
  public static QuestionReader rogWithGraphs() {
    return rows(NONE, RogRows::new);
  }

  /**
   * OpenAI chat and fine-tuning files: JSON objects with {@code messages} of {@code role} and
   * {@code content}. The {@code system} and {@code developer} messages are the instruction, the
   * last {@code user} message is the question, the last {@code assistant} message after it the
   * answer. Where there is more than these (earlier turns, tools, weights), all messages are kept
   * in {@code extra} as they are.
   *
   * @return the reader
   */
  public static QuestionReader openAiMessages() {
    return rows(NONE, () -> new ChatRows(ChatLayout.OPENAI));
  }

  /**
   * ShareGPT: JSON objects with {@code conversations} of {@code from} ({@code human}, {@code gpt},
   * {@code system}) and {@code value}, and perhaps {@code system}. Read as {@link #openAiMessages}.
   *
   * @return the reader
   */
  public static QuestionReader shareGpt() {
    return rows(NONE, () -> new ChatRows(ChatLayout.SHAREGPT));
  }

  /**
   * Alpaca: JSON objects with {@code instruction}, {@code input}, {@code output}, and perhaps
   * {@code system}. Where there is an input it is the question, and the instruction says what to do
   * with it; without one the instruction is the question. An empty output is an unknown answer.
   *
   * @return the reader
   * @see <a href="https://github.com/tatsu-lab/stanford_alpaca">Taori et al. 2023, Stanford
   *     Alpaca</a>
   */
  public static QuestionReader alpaca() {
    return rows(NONE, AlpacaRows::new);
  }

  private static QuestionReader rows(Set<String> skipped, Supplier<JsonStream.Decoder> decoder) {
    return FormatReader.ofFiles(
        file -> new JsonStream(file, JsonObjects.rows(file, skipped), decoder.get()));
  }
}
