// SPDX-License-Identifier: GPL-3.0-or-later
//
// SavedFields: which fields of which class a saved model holds (for both archives of
// saved_archive.hpp), and what must hold of loaded ones (saved_checks.cpp). The classes name it a
// friend and know nothing else of files.
#pragma once

#include <type_traits>
#include <vector>

#include "engine/models/boosted.hpp"
#include "engine/models/fm.hpp"
#include "engine/models/ftrl.hpp"
#include "engine/models/linear_model.hpp"
#include "engine/models/mlp.hpp"
#include "engine/models/saved_archive.hpp"

namespace rehearse::models {

struct SavedFields {
  template <class A, class T>
  static void of(A& archive, T& object);

  // Errors: sizes or indices that do not fit each other, numbers out of range.
  static Result<void> check(const FtrlModel& model);
  static Result<void> check(const Encoding& encoding);
  static Result<void> check(const LinearFit& fit);
  static Result<void> check(const FmModel& model);
  static Result<void> check(const LearningCurve& curve);
  static Result<void> check(const TreeEncoding& encoding);
  static Result<void> check(const TreeEnsemble& ensemble, std::size_t width);
  static Result<void> check(const BoostedModel& model);
  static Result<void> check(const NetworkModel& model);

  template <class A, class M>
  static void ftrl(A& archive, M& m);
  static const LinearFit& fit_of(const LinearModel& model) { return model.fit_; }
};

// Touched coordinates alone: of 2^18 most have never been seen.
template <class A, class M>
void SavedFields::ftrl(A& archive, M& m) {
  auto& o = m.options_;
  archive("alpha", o.alpha), archive("beta", o.beta);
  archive("lambda1", o.lambda1), archive("lambda2", o.lambda2), archive("bits", o.bits);
  archive("keep_negatives", o.keep_negatives), archive("positive_weight", o.positive_weight);
  archive("focal_gamma", o.focal_gamma), archive("label", o.label), archive("name", o.name);
  archive("columns", m.columns_), archive("rows_seen", m.rows_seen_);
  archive("rows_trained", m.rows_trained_), archive("positives", m.positives_);
  archive("progressive_log_loss", m.progressive_log_loss_), archive("epochs", m.epochs_);
  archive("best_epoch", m.best_epoch_), archive("validation_log_loss", m.validation_log_loss_);
  std::vector<std::size_t> index;
  std::vector<double> z, n;
  for (std::size_t i = 0; i < m.state_.size(); ++i)
    if (m.state_[i].n != 0 || m.state_[i].z != 0)
      index.push_back(i), z.push_back(m.state_[i].z), n.push_back(m.state_[i].n);
  archive("index", index), archive("z", z), archive("n", n);
  if constexpr (A::kLoading) {
    if (o.bits < 1 || o.bits > 28 || z.size() != index.size() || n.size() != index.size()) return;
    m.state_.assign(std::size_t{1} << o.bits, {});
    m.weights_.assign(m.state_.size(), 0);
    const FtrlRates rates{o.alpha, o.beta, o.lambda1, o.lambda2};
    for (std::size_t k = 0; k < index.size(); ++k) {
      if (index[k] >= m.state_.size()) return m.state_.clear();
      m.state_[index[k]] = {z[k], n[k]};
      m.weights_[index[k]] = rates.weight(m.state_[index[k]]);
      m.nonzero_ += m.weights_[index[k]] != 0;
    }
  }
}

template <class A, class T>
void SavedFields::of(A& archive, T& object) {
  using Plain = std::remove_const_t<T>;
  if constexpr (std::is_same_v<Plain, FtrlModel>) {
    ftrl(archive, object);
  } else if constexpr (std::is_same_v<Plain, Encoding>) {
    archive("columns", object.columns_), archive("terms", object.terms_);
    archive("entry_fields", object.entry_fields_), archive("width", object.width_);
  } else if constexpr (std::is_same_v<Plain, Encoding::FittedColumn>) {
    archive("name", object.name), archive("levels", object.levels), archive("text", object.text);
    archive("mean", object.mean), archive("sd", object.sd), archive("first", object.first);
    archive("by_text", object.by_text), archive("by_number", object.by_number);
    archive("indicates_missing", object.indicates_missing), archive("missing", object.missing);
  } else if constexpr (std::is_same_v<Plain, Loss>) {
    archive("kind", object.kind), archive("shape", object.shape);
  } else if constexpr (std::is_same_v<Plain, LinearFit>) {
    archive("name", object.name), archive("label", object.label);
    archive("encoding", object.encoding), archive("weights", object.weights);
    archive("loss", object.loss), archive("facts", object.facts);
  } else if constexpr (std::is_same_v<Plain, FmModel>) {
    archive("normalize", object.options_.normalize), archive("label", object.options_.label);
    archive("field_aware", object.options_.field_aware), archive("name", object.options_.name);
    archive("encoding", object.encoding_), archive("weights", object.weights_);
    archive("factors", object.factors_), archive("rank", object.rank_);
    archive("fields", object.fields_), archive("facts", object.facts_);
  } else if constexpr (std::is_same_v<Plain, LearningCurve>) {
    archive("train", object.train), archive("valid", object.valid);
    archive("unit", object.unit), archive("best", object.best);
  } else if constexpr (std::is_same_v<Plain, TreeEncoding::Source>) {
    archive("column", object.column), archive("text", object.text);
    archive("one_hot", object.one_hot), archive("begin", object.begin);
    archive("width", object.width), archive("levels", object.levels);
  } else if constexpr (std::is_same_v<Plain, TreeEncoding>) {
    archive("sources", object.sources_), archive("names", object.names_);
  } else if constexpr (std::is_same_v<Plain, TreeNode>) {
    archive("feature", object.feature), archive("left", object.left);
    archive("right", object.right), archive("threshold", object.threshold);
    archive("missing_left", object.missing_left);
  } else if constexpr (std::is_same_v<Plain, TreeEnsemble>) {
    archive("nodes", object.nodes_), archive("roots", object.roots_);
    archive("depths", object.depths_), archive("base", object.base_);
  } else if constexpr (std::is_same_v<Plain, BoostedModel>) {
    archive("loss", object.options_.loss), archive("label", object.options_.label);
    archive("name", object.options_.name);
    archive("keep_negatives", object.options_.keep_negatives);
    archive("columns", object.columns_), archive("encoding", object.encoding_);
    archive("ensemble", object.ensemble_), archive("scale", object.scale_);
    archive("curve", object.curve_);
    archive("nodes_visited", object.nodes_visited_), archive("rows_seen", object.rows_seen_);
    archive("rows_trained", object.rows_trained_), archive("positives", object.positives_);
  } else if constexpr (std::is_same_v<Plain, NetworkInputs::Options>) {
    archive("deep", object.deep), archive("buckets", object.buckets);
    archive("wide_bits", object.wide_bits), archive("crosses", object.crosses);
  } else if constexpr (std::is_same_v<Plain, NetworkInputs::Number>) {
    archive("column", object.column), archive("logarithm", object.logarithm);
    archive("indicator", object.indicator), archive("mean", object.mean);
    archive("deviation", object.deviation);
  } else if constexpr (std::is_same_v<Plain, NetworkInputs>) {
    archive("options", object.options_), archive("number_columns", object.number_columns_);
    archive("text_columns", object.text_columns_), archive("columns", object.columns_);
    archive("names", object.names_), archive("numbers", object.numbers_);
    archive("texts", object.texts_);
  } else if constexpr (std::is_same_v<Plain, DenseLayer<float>>) {
    archive("inputs", object.inputs), archive("outputs", object.outputs);
    archive("weight", object.weight), archive("bias", object.bias);
  } else if constexpr (std::is_same_v<Plain, NetworkWeights<float>>) {
    archive("numbers", object.numbers), archive("texts", object.texts);
    archive("dimension", object.dimension), archive("embeddings", object.embeddings);
    archive("layers", object.layers), archive("wide", object.wide);
  } else if constexpr (std::is_same_v<Plain, NetworkModel>) {
    archive("deep", object.options_.deep), archive("wide_bits", object.options_.wide_bits);
    archive("crosses", object.options_.crosses), archive("label", object.options_.label);
    archive("name", object.options_.name);
    archive("keep_negatives", object.options_.keep_negatives);
    archive("columns", object.columns_), archive("inputs", object.inputs_);
    archive("weights", object.weights_), archive("curve", object.curve_);
    archive("rows_seen", object.rows_seen_);
    archive("rows_trained", object.rows_trained_), archive("positives", object.positives_);
  } else {
    static_assert(std::is_same_v<T, void>, "no fields are listed for this class");
  }
}

template <class Archive, class T>
void list_fields(Archive& archive, T& object) {
  SavedFields::of(archive, object);
}

}  // namespace rehearse::models
