package ai.kale.kg.io;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the columns of a CSV file mean. Fields may be quoted; a quote inside a quoted field is
 * doubled (RFC 4180).
 *
 * @param subject the subject's id
 * @param relation the relation's id; empty if all rows have the {@code constantRelation}
 * @param constantRelation the relation of all rows where there is no column of it, else empty
 * @param object the object's id
 * @param weight the weight, a number of 0 or more
 * @param graph the named graph; an empty field is the default graph
 * @param subjectLabel a label of the subject; an empty field is none
 * @param objectLabel a label of the object; an empty field is none
 * @param header whether the first row holds the names of the columns
 * @param separator the character between fields
 * @param quote the character around fields that hold separators, quotes or line ends
 */
public record CsvColumns(
    CsvColumn subject,
    Optional<CsvColumn> relation,
    String constantRelation,
    CsvColumn object,
    Optional<CsvColumn> weight,
    Optional<CsvColumn> graph,
    Optional<CsvColumn> subjectLabel,
    Optional<CsvColumn> objectLabel,
    boolean header,
    char separator,
    char quote) {
  /** Checks that there is one relation, and a header where columns are named. */
  public CsvColumns {
    if (relation.isPresent() == !constantRelation.isEmpty()) {
      throw new IllegalArgumentException(
          "either a column holds the relation or all rows have the same; got "
              + relation
              + " and '"
              + constantRelation
              + "'");
    }
    boolean named =
        Stream.of(
                Optional.of(subject),
                relation,
                Optional.of(object),
                weight,
                graph,
                subjectLabel,
                objectLabel)
            .flatMap(Optional::stream)
            .anyMatch(column -> column.number() == 0);
    if (named && !header) {
      throw new IllegalArgumentException("columns can be named only where there is a header");
    }
  }

  private static CsvColumns of(
      CsvColumn subject, Optional<CsvColumn> relation, String constant, CsvColumn object) {
    boolean header = subject.number() == 0 || object.number() == 0;
    return new CsvColumns(
        subject,
        relation,
        constant,
        object,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        header,
        ',',
        '"');
  }

  /**
   * Columns by their names in the header, separated by commas.
   *
   * @param subject name of the subject's column
   * @param relation name of the relation's column
   * @param object name of the object's column
   * @return columns
   */
  public static CsvColumns named(String subject, String relation, String object) {
    return of(
        CsvColumn.named(subject),
        Optional.of(CsvColumn.named(relation)),
        "",
        CsvColumn.named(object));
  }

  /**
   * Columns by position in a file without a header, separated by commas.
   *
   * @param subject number of the subject's column, from 1
   * @param relation number of the relation's column, from 1
   * @param object number of the object's column, from 1
   * @return columns
   */
  public static CsvColumns at(int subject, int relation, int object) {
    return of(CsvColumn.at(subject), Optional.of(CsvColumn.at(relation)), "", CsvColumn.at(object));
  }

  /**
   * An edge list: all rows have one relation. There is a header if a column is named.
   *
   * @param subject the subject's column
   * @param relationId the relation of all rows
   * @param object the object's column
   * @return columns
   */
  public static CsvColumns edges(CsvColumn subject, String relationId, CsvColumn object) {
    return of(subject, Optional.empty(), relationId, object);
  }

  /**
   * The same with a weight.
   *
   * @param column its column
   * @return new columns
   */
  public CsvColumns withWeight(CsvColumn column) {
    return with(Optional.of(column), graph, subjectLabel, objectLabel, header, separator, quote);
  }

  /**
   * The same with named graphs.
   *
   * @param column their column
   * @return new columns
   */
  public CsvColumns withGraph(CsvColumn column) {
    return with(weight, Optional.of(column), subjectLabel, objectLabel, header, separator, quote);
  }

  /**
   * The same with labels.
   *
   * @param ofSubject the column of the subject's label
   * @param ofObject the column of the object's label
   * @return new columns
   */
  public CsvColumns withLabels(CsvColumn ofSubject, CsvColumn ofObject) {
    return with(
        weight, graph, Optional.of(ofSubject), Optional.of(ofObject), header, separator, quote);
  }

  /** The same for a file whose first row is a header, though columns are chosen by position. */
  public CsvColumns withHeader() {
    return with(weight, graph, subjectLabel, objectLabel, true, separator, quote);
  }

  /**
   * The same with another separator.
   *
   * @param character such as {@code ';'} or a tab
   * @return new columns
   */
  public CsvColumns withSeparator(char character) {
    return with(weight, graph, subjectLabel, objectLabel, header, character, quote);
  }

  /**
   * The same with another quote.
   *
   * @param character such as {@code '\''}
   * @return new columns
   */
  public CsvColumns withQuote(char character) {
    return with(weight, graph, subjectLabel, objectLabel, header, separator, character);
  }

  private CsvColumns with(
      Optional<CsvColumn> newWeight,
      Optional<CsvColumn> newGraph,
      Optional<CsvColumn> newSubjectLabel,
      Optional<CsvColumn> newObjectLabel,
      boolean newHeader,
      char newSeparator,
      char newQuote) {
    return new CsvColumns(
        subject,
        relation,
        constantRelation,
        object,
        newWeight,
        newGraph,
        newSubjectLabel,
        newObjectLabel,
        newHeader,
        newSeparator,
        newQuote);
  }
}
