package ai.kale.train.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of {@code config.json} that do not change what a model computes: some never, some as
 * long as they have one value. Absent or null is neutral for all of them.
 */
final class NeutralFields {
  private static final String ANY = "";

  /** Bookkeeping, storage, defaults of generation and of other tasks than next tokens. */
  private static final String ALWAYS =
      "torch_dtype dtype transformers_version use_cache initializer_range tokenizer_class prefix"
          + " max_length min_length do_sample early_stopping num_beams num_beam_groups"
          + " diversity_penalty temperature top_k top_p typical_p repetition_penalty length_penalty"
          + " no_repeat_ngram_size encoder_no_repeat_ngram_size bad_words_ids num_return_sequences"
          + " output_scores return_dict_in_generate forced_bos_token_id forced_eos_token_id"
          + " remove_invalid_values exponential_decay_length_penalty suppress_tokens"
          + " begin_suppress_tokens sep_token_id decoder_start_token_id cache_implementation"
          + " id2label label2id num_labels problem_type finetuning_task task_specific_params"
          + " return_dict output_attentions output_hidden_states torchscript tf_legacy_loss"
          + " use_bfloat16 unsloth_version unsloth_fixed attn_implementation"
          + " gradient_checkpointing use_return_dict";

  /** Neutral at one value only. */
  private static final Map<String, String> AT_ONE_VALUE =
      Map.ofEntries(
          Map.entry("attention_bias", "false"),
          Map.entry("attention_dropout", "0"),
          Map.entry("mlp_bias", "false"),
          Map.entry("pretraining_tp", "1"),
          Map.entry("partial_rotary_factor", "1"),
          Map.entry("sliding_window", "null"),
          Map.entry("use_sliding_window", "false"),
          Map.entry("use_bidirectional_attention", "false"),
          Map.entry("attn_logit_softcapping", "null"),
          Map.entry("final_logit_softcapping", "null"),
          Map.entry("quantization_config", "null"),
          Map.entry("auto_map", "null"),
          Map.entry("pruned_heads", "{}"),
          Map.entry("chunk_size_feed_forward", "0"),
          Map.entry("is_encoder_decoder", "false"),
          Map.entry("add_cross_attention", "false"),
          Map.entry("cross_attention_hidden_size", "null"),
          Map.entry("tie_encoder_decoder", "false"));

  private final Set<String> always = new HashSet<>(List.of(ALWAYS.split(" ")));
  private final Map<String, String> atOneValue = new HashMap<>(AT_ONE_VALUE);

  NeutralFields(Architecture architecture) {
    switch (architecture) {
      case LLAMA -> {
        // A copy of the context's length, and what a port to JavaScript reads.
        always.addAll(List.of("max_sequence_length", "transformers.js_config"));
        atOneValue.put("is_llama_config", "true");
        atOneValue.put("rope_interleaved", "false");
      }
      case MISTRAL -> {}
      case QWEN2 -> {
        atOneValue.put("attention_bias", "true");
        atOneValue.put("use_mrope", "false");
      }
      case GEMMA2 -> always.add("sliding_window_size");
      case OLMOE -> always.addAll(List.of("output_router_logits", "router_aux_loss_coef"));
    }
  }

  /** Refuses each field that has not been read and is not neutral. */
  void checkRest(ConfigFields fields, Architecture architecture) {
    for (String field : fields.unread()) {
      String neutral = always.contains(field) ? ANY : atOneValue.get(field);
      boolean bookkeeping = field.startsWith("_") || ANY.equals(neutral);
      JsonNode value = bookkeeping ? null : fields.value(field).orElse(null);
      if (value == null) {
        continue;
      }
      if (neutral == null) {
        throw fields.unknown(field, architecture.modelType());
      }
      if (!same(value, neutral)) {
        throw fields.unsupported(
            field, "for a " + architecture.modelType() + " model only " + neutral + " is");
      }
    }
  }

  private static boolean same(JsonNode value, String neutral) {
    return value.isNumber()
        ? neutral.matches("[0-9]+") && value.doubleValue() == Double.parseDouble(neutral)
        : value.toString().equals(neutral);
  }
}
