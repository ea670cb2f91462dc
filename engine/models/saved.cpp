// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/saved.hpp"

#include "engine/base/hash.hpp"
#include "engine/models/saved_fields.hpp"

namespace rehearse::models {
namespace {

std::string hash_of(const Json& content) { return fmt::format("{:016x}", fnv1a64(content.dump())); }

template <class Model>
Json saved(const char* kind, const Model& model) {
  Saver saver;
  SavedFields::of(saver, model);
  Json content = saver.take();
  return {{"kind", kind}, {"hash", hash_of(content)}, {"content", std::move(content)}};
}

template <class Model>
Result<std::shared_ptr<Model>> loaded(const Json& content) {
  auto model = std::make_shared<Model>();
  Loader loader(content);
  SavedFields::of(loader, *model);
  if (auto fine = SavedFields::check(*model); !fine) return fail(fine.error());
  return model;
}

template <class Model>
Result<ScorerPtr> loaded_scorer(const Json& content) {
  auto model = loaded<Model>(content);
  if (!model) return fail(model.error());
  return ScorerPtr(std::move(*model));
}

Result<ScorerPtr> loaded_linear(const Json& content) {
  auto fit = loaded<LinearFit>(content);
  if (!fit) return fail(fit.error());
  return ScorerPtr(std::make_shared<LinearModel>(std::move(**fit)));
}

constexpr struct {
  const char* kind;
  Result<ScorerPtr> (*load)(const Json&);
} kKinds[] = {{"ftrl", loaded_scorer<FtrlModel>},
              {"linear", loaded_linear},
              {"fm", loaded_scorer<FmModel>},
              {"boosted", loaded_scorer<BoostedModel>},
              {"network", loaded_scorer<NetworkModel>}};

}  // namespace

Result<Json> save_model(const Scorer& model) {
  if (const auto* ftrl = dynamic_cast<const FtrlModel*>(&model)) return saved("ftrl", *ftrl);
  if (const auto* fm = dynamic_cast<const FmModel*>(&model)) return saved("fm", *fm);
  if (const auto* boosted = dynamic_cast<const BoostedModel*>(&model))
    return saved("boosted", *boosted);
  if (const auto* network = dynamic_cast<const NetworkModel*>(&model))
    return saved("network", *network);
  if (const auto* linear = dynamic_cast<const LinearModel*>(&model)) {
    const LinearFit& fit = SavedFields::fit_of(*linear);
    if (!fit.back) return saved("linear", fit);
    return fail(Code::unsupported, "a model of a transformed label cannot be saved");
  }
  return fail(Code::unsupported, "a model of this kind ({}) cannot be saved", model.describe());
}

Result<ScorerPtr> load_model(const Json& json) try {
  const std::string kind = json.at("kind").get<std::string>();
  const Json& content = json.at("content");
  if (json.at("hash").get<std::string>() != hash_of(content))
    return fail(Code::bad_data,
                "the model's content is not what was saved: the file is damaged or was edited");
  for (const auto& known : kKinds)
    if (kind == known.kind) return known.load(content);
  return fail(Code::bad_data, "there is no kind of model called `{}`", kind);
} catch (const Json::exception& error) {
  return fail(Code::bad_data, "not a saved model of this version: {}", error.what());
}

}  // namespace rehearse::models
