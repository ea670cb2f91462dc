// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/artifact.hpp"

namespace rehearse::plan {
namespace {

Frame fact_table(const Scorer& scorer) {
  std::vector<std::string> names;
  std::vector<double> values;
  for (const auto& [name, value] : scorer.facts()) {
    names.push_back(name);
    values.push_back(value);
  }
  Frame::Builder builder;
  builder.add("fact", names).add("value", std::move(values));
  return std::move(builder).build().value_or(Frame());
}

}  // namespace

const char* kind_name(Kind kind) { return kind == Kind::frame ? "table" : "model"; }

std::shared_ptr<const Artifact> Artifact::of(Frame frame) {
  auto artifact = std::make_shared<Artifact>();
  artifact->kind_ = Kind::frame;
  artifact->bytes_ = frame.bytes();
  artifact->frame_ = std::move(frame);
  return artifact;
}

std::shared_ptr<const Artifact> Artifact::of(ScorerPtr scorer) {
  auto artifact = std::make_shared<Artifact>();
  artifact->kind_ = Kind::model;
  artifact->frame_ = fact_table(*scorer);
  artifact->bytes_ = scorer->bytes() + artifact->frame_.bytes();
  artifact->scorer_ = std::move(scorer);
  return artifact;
}

}  // namespace rehearse::plan
