package ai.kale.train.chat;

/**
 * Text that a template marks as not to be escaped. It can be printed and nothing else: joined to
 * other text it would have that text escaped.
 *
 * @param text the text
 */
record SafeText(String text) {}
