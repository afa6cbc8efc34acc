package ai.kale.examples.dataset;

import java.util.List;

/** English for facts and for chains of relations whose labels are noun phrases. */
public final class Phrasing {
  /** Number of ways to state a fact. */
  public static final int STATEMENTS = 3;

  /** Number of ways to ask a question. */
  public static final int QUESTIONS = 2;

  private Phrasing() {}

  /**
   * States a fact.
   *
   * @param form 0 to {@link #STATEMENTS}, exclusive; 0 is what the template verbaliser writes
   * @param subject label
   * @param relation label, a noun phrase
   * @param object label
   * @return one sentence
   */
  public static String statement(int form, String subject, String relation, String object) {
    return switch (form) {
      case 0 -> "The " + relation + " of " + subject + " is " + object + ".";
      case 1 -> subject + "'s " + relation + " is " + object + ".";
      default -> subject + " has " + relation + " " + object + ".";
    };
  }

  /**
   * Asks for the end of a chain of relations, all followed along their arrows.
   *
   * @param form 0 to {@link #QUESTIONS}, exclusive
   * @param head label of the entity the chain starts at
   * @param relations labels in the order they are followed
   * @return one question
   */
  public static String question(int form, String head, List<String> relations) {
    StringBuilder text = new StringBuilder("What is ");
    if (form == 0) {
      for (int i = relations.size() - 1; i >= 0; i--) {
        text.append("the ").append(relations.get(i)).append(" of ");
      }
      text.append(head);
    } else {
      text.append(head);
      relations.forEach(relation -> text.append("'s ").append(relation));
    }
    return text.append('?').toString();
  }
}
