package ai.kale.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.kale.error.CorruptFileException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.UnsupportedCapabilityException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Configurations with the fields and values of published checkpoints. */
class PublicConfigTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Fields of a published {@code config.json}, and how many values its weights have. */
  enum Published {
    LLAMA_2_7B(
        6_738_415_616L,
        "'_name_or_path':'meta','architectures':['LlamaForCausalLM'],'bos_token_id':1,"
            + "'eos_token_id':2,'hidden_act':'silu','hidden_size':4096,'initializer_range':0.02,"
            + "'intermediate_size':11008,'max_position_embeddings':4096,'model_type':'llama',"
            + "'num_attention_heads':32,'num_hidden_layers':32,'num_key_value_heads':32,"
            + "'pretraining_tp':1,'rms_norm_eps':1e-05,'rope_scaling':null,"
            + "'tie_word_embeddings':false,'torch_dtype':'float16',"
            + "'transformers_version':'4.31.0.dev0','use_cache':true,'vocab_size':32000"),
    LLAMA_31_8B(
        8_030_261_248L,
        "'architectures':['LlamaForCausalLM'],'attention_bias':false,'attention_dropout':0.0,"
            + "'bos_token_id':128000,'eos_token_id':[128001,128008,128009],'hidden_act':'silu',"
            + "'hidden_size':4096,'initializer_range':0.02,'intermediate_size':14336,"
            + "'max_position_embeddings':131072,'mlp_bias':false,'model_type':'llama',"
            + "'num_attention_heads':32,'num_hidden_layers':32,'num_key_value_heads':8,"
            + "'pretraining_tp':1,'rms_norm_eps':1e-05,'rope_scaling':{'factor':8.0,"
            + "'low_freq_factor':1.0,'high_freq_factor':4.0,"
            + "'original_max_position_embeddings':8192,'rope_type':'llama3'},"
            + "'rope_theta':500000.0,'tie_word_embeddings':false,'torch_dtype':'bfloat16',"
            + "'transformers_version':'4.42.3','use_cache':true,'vocab_size':128256"),
    SMOLLM2_135M(
        134_515_008L,
        "'architectures':['LlamaForCausalLM'],'attention_bias':false,'attention_dropout':0.0,"
            + "'bos_token_id':1,'eos_token_id':2,'hidden_act':'silu','hidden_size':576,"
            + "'initializer_range':0.041666666666666664,'intermediate_size':1536,"
            + "'is_llama_config':true,'max_position_embeddings':8192,'mlp_bias':false,"
            + "'model_type':'llama','num_attention_heads':9,'num_hidden_layers':30,"
            + "'num_key_value_heads':3,'pad_token_id':2,'pretraining_tp':1,'rms_norm_eps':1e-05,"
            + "'rope_interleaved':false,'rope_scaling':null,'rope_theta':100000,"
            + "'tie_word_embeddings':true,'torch_dtype':'bfloat16',"
            + "'transformers.js_config':{'kv_cache_dtype':{'q4f16':'float16','fp16':'float16'}},"
            + "'transformers_version':'4.42.3','use_cache':true,'vocab_size':49152"),
    MISTRAL_7B_V01(
        7_241_732_096L,
        "'architectures':['MistralForCausalLM'],'bos_token_id':1,'eos_token_id':2,"
            + "'hidden_act':'silu','hidden_size':4096,'initializer_range':0.02,"
            + "'intermediate_size':14336,'max_position_embeddings':32768,'model_type':'mistral',"
            + "'num_attention_heads':32,'num_hidden_layers':32,'num_key_value_heads':8,"
            + "'rms_norm_eps':1e-05,'rope_theta':10000.0,'sliding_window':4096,"
            + "'tie_word_embeddings':false,'torch_dtype':'bfloat16',"
            + "'transformers_version':'4.34.0.dev0','use_cache':true,'vocab_size':32000"),
    MISTRAL_7B_V03(
        7_248_023_552L,
        "'architectures':['MistralForCausalLM'],'attention_dropout':0.0,'bos_token_id':1,"
            + "'eos_token_id':2,'hidden_act':'silu','hidden_size':4096,'initializer_range':0.02,"
            + "'intermediate_size':14336,'max_position_embeddings':32768,'model_type':'mistral',"
            + "'num_attention_heads':32,'num_hidden_layers':32,'num_key_value_heads':8,"
            + "'rms_norm_eps':1e-05,'rope_theta':1000000.0,'sliding_window':null,"
            + "'tie_word_embeddings':false,'torch_dtype':'bfloat16',"
            + "'transformers_version':'4.42.0.dev0','use_cache':true,'vocab_size':32768"),
    QWEN25_7B(
        7_615_616_512L,
        "'architectures':['Qwen2ForCausalLM'],'attention_dropout':0.0,'bos_token_id':151643,"
            + "'eos_token_id':151643,'hidden_act':'silu','hidden_size':3584,"
            + "'initializer_range':0.02,'intermediate_size':18944,"
            + "'max_position_embeddings':131072,'max_window_layers':28,'model_type':'qwen2',"
            + "'num_attention_heads':28,'num_hidden_layers':28,'num_key_value_heads':4,"
            + "'rms_norm_eps':1e-06,'rope_theta':1000000.0,'sliding_window':131072,"
            + "'tie_word_embeddings':false,'torch_dtype':'bfloat16',"
            + "'transformers_version':'4.40.1','use_cache':true,'use_mrope':false,"
            + "'use_sliding_window':false,'vocab_size':152064"),
    GEMMA_2_9B(
        9_241_705_984L,
        "'architectures':['Gemma2ForCausalLM'],'attention_bias':false,'attention_dropout':0.0,"
            + "'attn_logit_softcapping':50.0,'bos_token_id':2,'cache_implementation':'hybrid',"
            + "'eos_token_id':1,'final_logit_softcapping':30.0,'head_dim':256,"
            + "'hidden_act':'gelu_pytorch_tanh','hidden_activation':'gelu_pytorch_tanh',"
            + "'hidden_size':3584,'initializer_range':0.02,'intermediate_size':14336,"
            + "'max_position_embeddings':8192,'model_type':'gemma2','num_attention_heads':16,"
            + "'num_hidden_layers':42,'num_key_value_heads':8,'pad_token_id':0,"
            + "'query_pre_attn_scalar':256,'rms_norm_eps':1e-06,'rope_theta':10000.0,"
            + "'sliding_window':4096,'sliding_window_size':4096,'torch_dtype':'float32',"
            + "'transformers_version':'4.42.0.dev0','use_cache':true,'vocab_size':256000"),
    OLMOE_1B_7B(
        6_919_161_856L,
        "'architectures':['OlmoeForCausalLM'],'attention_bias':false,'attention_dropout':0.0,"
            + "'clip_qkv':null,'eos_token_id':50279,'hidden_act':'silu','hidden_size':2048,"
            + "'initializer_range':0.02,'intermediate_size':1024,'max_position_embeddings':4096,"
            + "'model_type':'olmoe','norm_topk_prob':false,'num_attention_heads':16,"
            + "'num_experts':64,'num_experts_per_tok':8,'num_hidden_layers':16,"
            + "'num_key_value_heads':16,'output_router_logits':false,'pad_token_id':1,"
            + "'rms_norm_eps':1e-05,'rope_scaling':null,'rope_theta':10000.0,"
            + "'router_aux_loss_coef':0.01,'tie_word_embeddings':false,'torch_dtype':'bfloat16',"
            + "'transformers_version':'4.45.0.dev0','use_cache':true,'vocab_size':50304");

    private final long parameters;
    private final String fields;

    Published(long parameters, String fields) {
      this.parameters = parameters;
      this.fields = fields;
    }
  }

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  private static ObjectNode json(String text) throws IOException {
    return (ObjectNode) JSON.readTree("{" + text.replace('\'', '"') + "}");
  }

  private DecoderConfig read(ObjectNode json) throws IOException {
    Files.writeString(folder.resolve(DecoderConfig.FILE_NAME), json.toString());
    return DecoderConfig.read(folder);
  }

  /** A published configuration with fields changed; {@code absent} takes a field away. */
  private DecoderConfig read(Published published, String changes) throws IOException {
    ObjectNode json = json(published.fields);
    json.setAll(json(changes));
    List.copyOf(json.properties()).stream()
        .filter(field -> field.getValue().asText().equals("absent"))
        .forEach(field -> json.remove(field.getKey()));
    return read(json);
  }

  @ParameterizedTest
  @EnumSource
  void hasThePublishedNumberOfParametersAndSurvivesARoundTrip(Published published)
      throws IOException {
    DecoderConfig config = read(published, "");
    long parameters =
        config.parameterShapes().values().stream()
            .mapToLong(shape -> shape.length == 1 ? shape[0] : shape[0] * shape[1])
            .sum();
    assertThat(parameters).isEqualTo(published.parameters);
    config.write(folder);
    assertThat(DecoderConfig.read(folder)).isEqualTo(config);
    assertThat(config.toBuilder().build()).isEqualTo(config);
  }

  @Test
  void aCopyOfTheContextLengthInAnOlderFileIsNotRead() throws IOException {
    assertThat(read(Published.LLAMA_2_7B, "'max_sequence_length':2048"))
        .isEqualTo(read(Published.LLAMA_2_7B, ""));
  }

  @Test
  void readsTheRopeScalingOfLlama() throws IOException {
    assertThat(read(Published.LLAMA_31_8B, "").rotary())
        .isEqualTo(new RotaryConfig(500_000, new RotaryScaling.Llama3(8, 1, 4, 8192)));
    assertThat(
            read(
                    Published.LLAMA_31_8B,
                    "'rope_scaling':null,'rope_theta':'absent','rope_parameters':{'rope_theta':7,"
                        + "'rope_type':'llama3','factor':32,'low_freq_factor':1,"
                        + "'high_freq_factor':4,'original_max_position_embeddings':8192}")
                .rotary())
        .isEqualTo(new RotaryConfig(7, new RotaryScaling.Llama3(32, 1, 4, 8192)));
    assertThat(read(Published.LLAMA_2_7B, "'rope_scaling':{'type':'linear','factor':2}").rotary())
        .isEqualTo(new RotaryConfig(10_000, new RotaryScaling.Linear(2)));
    assertThat(read(Published.LLAMA_2_7B, "'rope_scaling':{'type':'default'}").rotary())
        .isEqualTo(RotaryConfig.plain(10_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'rope_type':'yarn','factor':4};rope_scaling.rope_type = \"yarn\"",
        "{'type':'dynamic','factor':4};rope_scaling.type = \"dynamic\"",
        "{'rope_type':'longrope','factor':4};rope_scaling.rope_type = \"longrope\"",
        "{'rope_type':'linear','type':'dynamic','factor':4};rope_scaling.type = \"dynamic\"",
        "{'rope_type':'default','partial_rotary_factor':0.5};rope_scaling.partial_rotary_factor",
        "{'rope_type':'linear','factor':2,'mscale':2};rope_scaling.mscale = 2",
        "{'rope_type':'linear','factor':2,'rope_theta':5};rope_scaling.rope_theta = 5"
      })
  void refusesOtherRopes(String scaling, String message) {
    assertThatThrownBy(() -> read(Published.LLAMA_31_8B, "'rope_scaling':" + scaling))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'factor':4};rope_scaling.rope_type is missing",
        "{'rope_type':'linear'};rope_scaling.factor is missing",
        "{'rope_type':'linear','factor':0};factor of the rope scaling must be positive",
        "{'rope_type':'linear','factor':'4'};rope_scaling.factor must be a number",
        "{'rope_type':'llama3','factor':8,'low_freq_factor':1};high_freq_factor is missing",
        "{'rope_type':8};rope_scaling.rope_type must hold text",
        "[1];rope_scaling must be an object"
      })
  void namesWhatIsWrongWithARope(String scaling, String message) {
    assertThatThrownBy(() -> read(Published.LLAMA_31_8B, "'rope_scaling':" + scaling))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining(message);
  }

  @Test
  void twoRopesMustAgree() throws IOException {
    String linear = "{'rope_type':'linear','factor':2,'rope_theta':500000.0}";
    String both = "'rope_scaling':" + linear + ",'rope_parameters':" + linear;
    assertThat(read(Published.LLAMA_31_8B, both).rotary().scaling())
        .isEqualTo(new RotaryScaling.Linear(2));
    assertThatThrownBy(() -> read(Published.LLAMA_31_8B, "'rope_parameters':" + linear))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("rope_scaling");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "MISTRAL_7B_V01;;4096;0",
        "MISTRAL_7B_V01;'sliding_window':'absent';4096;0",
        "MISTRAL_7B_V03;;0;0",
        "QWEN25_7B;;0;0",
        "QWEN25_7B;'use_sliding_window':true;0;0",
        "QWEN25_7B;'use_sliding_window':true,'max_window_layers':21,'sliding_window':8;8;21",
        "QWEN25_7B;'use_sliding_window':true,'max_window_layers':0,'sliding_window':null;0;0",
        "QWEN25_7B;'use_sliding_window':true,'max_window_layers':0,'sliding_window':9;9;0",
        "LLAMA_31_8B;;0;0",
        "OLMOE_1B_7B;;0;0"
      })
  void readsWindows(Published published, String changes, int window, int first) throws IOException {
    DecoderConfig config = read(published, changes == null ? "" : changes);
    for (int i = 0; i < config.layers(); i++) {
      assertThat(config.attention().window(i)).isEqualTo(i < first ? 0 : window);
    }
  }

  @Test
  void everyOtherLayerOfGemmaSlidesUnlessTheLayersAreNamed() throws IOException {
    AttentionConfig attention = read(Published.GEMMA_2_9B, "").attention();
    assertThat(attention.windows().subList(0, 4)).containsExactly(4096, 0, 4096, 0);
    String types = "'" + String.join("','", Collections.nCopies(42, "sliding_attention")) + "'";
    assertThat(read(Published.GEMMA_2_9B, "'layer_types':[" + types + "]").attention().windows())
        .containsOnly(4096);
    assertThat(read(Published.GEMMA_2_9B, "'sliding_window':null").attention().hasWindows())
        .isFalse();
  }

  @Test
  void contradictoryWindowsAreRefused() {
    String sliding = String.join("','", Collections.nCopies(32, "sliding_attention"));
    String full = String.join("','", Collections.nCopies(32, "full_attention"));
    assertThatThrownBy(() -> read(Published.MISTRAL_7B_V01, "'layer_types':['" + full + "']"))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("layer_types");
    assertThatThrownBy(() -> read(Published.MISTRAL_7B_V03, "'layer_types':['" + sliding + "']"))
        .isInstanceOf(UnsupportedCapabilityException.class);
    String chunked = full.replaceFirst("full", "chunked");
    assertThatThrownBy(() -> read(Published.MISTRAL_7B_V03, "'layer_types':['" + chunked + "']"))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("only full_attention and sliding_attention are");
    assertThatThrownBy(() -> read(Published.MISTRAL_7B_V01, "'sliding_window':0"))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("sliding_window must be positive or null");
  }

  @Test
  void readsTheNumbersOfGemma() throws IOException {
    DecoderConfig gemma =
        read(Published.GEMMA_2_9B, "'query_pre_attn_scalar':144,'final_logit_softcapping':null");
    assertThat(gemma.attention().scale()).isCloseTo(1.0 / 12, within(1e-15));
    assertThat(gemma.attention().scoreCap()).isEqualTo(50);
    assertThat(gemma.logitCap()).isZero();
    assertThat(gemma.tieWordEmbeddings()).isTrue();
    String absent =
        "'query_pre_attn_scalar':'absent','final_logit_softcapping':'absent','head_dim':'absent',"
            + "'attn_logit_softcapping':'absent','hidden_activation':'absent'";
    assertThat(read(Published.GEMMA_2_9B, absent)).isEqualTo(read(Published.GEMMA_2_9B, ""));
  }

  @Test
  void readsTheNumbersOfOlmoe() throws IOException {
    DecoderConfig olmoe = read(Published.OLMOE_1B_7B, "'clip_qkv':8,'norm_topk_prob':true");
    assertThat(olmoe.experts()).contains(new ExpertConfig(64, 8, true));
    assertThat(olmoe.attention().projectionClip()).isEqualTo(8);
    String absent =
        "'num_experts':'absent','num_experts_per_tok':'absent','num_key_value_heads':'absent',"
            + "'norm_topk_prob':'absent','rms_norm_eps':'absent','pad_token_id':'absent'";
    assertThat(read(Published.OLMOE_1B_7B, absent)).isEqualTo(read(Published.OLMOE_1B_7B, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GEMMA_2_9B;'hidden_activation':'gelu';hidden_activation = \"gelu\"",
        "GEMMA_2_9B;'hidden_activation':null,'hidden_act':'gelu';hidden_act = \"gelu\"",
        "GEMMA_2_9B;'use_bidirectional_attention':true;use_bidirectional_attention = true",
        "GEMMA_2_9B;'attention_bias':true;attention_bias = true",
        "QWEN25_7B;'use_mrope':true;use_mrope = true",
        "QWEN25_7B;'attention_bias':false;attention_bias = false",
        "QWEN25_7B;'final_logit_softcapping':30;final_logit_softcapping = 30",
        "OLMOE_1B_7B;'hidden_act':'relu';hidden_act = \"relu\"",
        "OLMOE_1B_7B;'sliding_window':128;sliding_window = 128",
        "LLAMA_2_7B;'num_experts':8;num_experts = 8",
        "SMOLLM2_135M;'rope_interleaved':true;rope_interleaved = true",
        "SMOLLM2_135M;'is_llama_config':false;is_llama_config = false",
        "MISTRAL_7B_V01;'is_llama_config':true;is_llama_config = true",
        "MISTRAL_7B_V01;'query_pre_attn_scalar':8;query_pre_attn_scalar = 8",
        "MISTRAL_7B_V01;'model_type':'mixtral';model_type = \"mixtral\"",
        "MISTRAL_7B_V01;'model_type':'llama';architectures = [\"MistralForCausalLM\"]"
      })
  void refusesWhatAnArchitectureDoesNotHave(Published published, String change, String message) {
    assertThatThrownBy(() -> read(published, change))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "OLMOE_1B_7B;'num_experts':2147483647;num_experts must not exceed 4096",
        "OLMOE_1B_7B;'num_experts':4096,'num_hidden_layers':1024;must not exceed 65536",
        "OLMOE_1B_7B;'num_experts_per_tok':65;num_experts_per_tok must lie between",
        "OLMOE_1B_7B;'num_local_experts':65;num_local_experts contradicts num_experts",
        "OLMOE_1B_7B;'clip_qkv':-1;clip_qkv must be positive or null",
        "GEMMA_2_9B;'query_pre_attn_scalar':0;query_pre_attn_scalar must be positive",
        "GEMMA_2_9B;'attn_logit_softcapping':0;attn_logit_softcapping must be positive or null",
        "GEMMA_2_9B;'final_logit_softcapping':'x';final_logit_softcapping must be a number",
        "QWEN25_7B;'max_window_layers':1.5;max_window_layers must be an integer",
        "QWEN25_7B;'use_sliding_window':1;use_sliding_window must be true or false",
        "LLAMA_2_7B;'num_attention_heads':2147483647;num_attention_heads must be positive and",
        "LLAMA_2_7B;'num_attention_heads':-1;num_attention_heads must be positive and divide"
      })
  void namesWhatIsOutOfRange(Published published, String change, String message) {
    assertThatThrownBy(() -> read(published, change))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining(message);
  }

  /** Each field of each configuration with each of these values reads, or fails as declared. */
  @ParameterizedTest
  @EnumSource
  void anyValueInAnyFieldReadsOrIsRefused(Published published) throws IOException {
    List<String> values =
        List.of(
            "null",
            "true",
            "0",
            "-1",
            "1",
            "7",
            "2147483647",
            "99999999999999999999",
            "1e999",
            "-0.5",
            "1e-300",
            "''",
            "'llama'",
            "[]",
            "[1]",
            "[null]",
            "{}",
            "{'factor':1}");
    for (Map.Entry<String, JsonNode> field : json(published.fields).properties()) {
      for (String value : values) {
        try {
          DecoderConfig config = read(published, "'" + field.getKey() + "':" + value);
          assertThat(config.layers()).isBetween(1, 1024);
        } catch (CorruptFileException | UnsupportedCapabilityException e) {
          assertThat(e).hasMessageContaining(DecoderConfig.FILE_NAME);
        }
      }
    }
  }

  @Test
  void writesNothingThatReadsAsSomethingElse() throws IOException {
    DecoderConfig llama = read(Published.LLAMA_2_7B, "").toBuilder().logitCap(5).build();
    assertThatThrownBy(() -> llama.write(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("llama");
  }
}
