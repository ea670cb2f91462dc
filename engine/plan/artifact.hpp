// SPDX-License-Identifier: GPL-3.0-or-later
//
// Artifact: what a step makes. Immutable, with a content hash (its lineage), its size in bytes
// (exact, so that the cache keeps its budget) and a view as a Frame for tables and plots.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "engine/base/frame.hpp"
#include "engine/base/scorer.hpp"

namespace rehearse::plan {

enum class Kind { frame, model };
const char* kind_name(Kind kind);

class Artifact {
 public:
  // A table.
  static std::shared_ptr<const Artifact> of(Frame frame);
  // A model; `trained_on` is kept for `trail`.
  static std::shared_ptr<const Artifact> of(ScorerPtr scorer);

  Kind kind() const { return kind_; }
  // The frame itself, or a model's facts as (fact, value).
  const Frame& as_frame() const { return frame_; }
  // Null unless kind() is model.
  const ScorerPtr& scorer() const { return scorer_; }
  std::size_t bytes() const { return bytes_; }

 private:
  Kind kind_ = Kind::frame;
  Frame frame_;
  ScorerPtr scorer_;
  std::size_t bytes_ = 0;
};

using ArtifactPtr = std::shared_ptr<const Artifact>;

}  // namespace rehearse::plan
