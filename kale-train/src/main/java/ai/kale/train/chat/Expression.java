package ai.kale.train.chat;

/** A parsed expression. */
@FunctionalInterface
interface Expression {
  Object value(Scope scope);
}
