/**
 * Teachers behind an HTTP interface like that of OpenAI's chat completions: OpenAI itself, vLLM,
 * Ollama, the llama.cpp server and many others; and the files of OpenAI's batch interface. Keys are
 * taken as {@link ai.kale.teacher.openai.ApiKey} and come out in requests only.
 */
@NullMarked
package ai.kale.teacher.openai;

import org.jspecify.annotations.NullMarked;
