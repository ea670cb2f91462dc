// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/quantize.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_compress_quantize(const StepCall& call, const StepContext&) {
  auto network =
      std::dynamic_pointer_cast<const models::NetworkModel>(call.input("model")->scorer());
  if (!network)
    return fail(Code::invalid_argument,
                "quantization takes a network as train.mlp, train.wide or compress.distill made "
                "it; calibrate afterwards");
  auto quantized = models::quantize_network(std::move(network), call.input("sample")->as_frame(),
                                            static_cast<int>(call.integer("bits")));
  if (!quantized) return fail(quantized.error());
  return one(ScorerPtr(*quantized));
}

const StepRegistration kCompressQuantize{{
    .name = "compress.quantize",
    .sentence = "A network's weights and activations as small integers, after training (Jacob et "
                "al. 2018).",
    .example = "compress.quantize { network, sample = past, bits = 8 }",
    .inputs = {{.name = "model", .kind = Kind::model, .sentence = "a network as trained"},
               {.name = "sample",
                .kind = Kind::frame,
                .sentence = "rows like those served, to see how large activations become",
                .named = true}},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = {integer_parameter("bits", 8, 2, 8, "bits of a weight and of an activation")},
    .run = run_compress_quantize,
}};

}  // namespace
}  // namespace rehearse::steps
