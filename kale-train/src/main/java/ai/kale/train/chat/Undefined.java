package ai.kale.train.chat;

/**
 * A name without a value: empty where it is printed, false where it is tested, an error anywhere
 * else.
 *
 * @param what named in errors
 */
record Undefined(String what) {
  TemplateFailure failure() {
    return TemplateFailure.of(what + " is undefined");
  }
}
