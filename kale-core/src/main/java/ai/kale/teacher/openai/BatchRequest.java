package ai.kale.teacher.openai;

import ai.kale.spi.TeacherModel;

/**
 * A prompt in a batch file.
 *
 * @param customId joins the result to the request; not blank, once in a batch
 * @param prompt what to write about
 */
public record BatchRequest(String customId, TeacherModel.Prompt prompt) {}
