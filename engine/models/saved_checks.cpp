// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/models/saved_fields.hpp"

namespace rehearse::models {
namespace {

Result<void> claim(bool holds, const char* what) {
  if (holds) return {};
  return fail(Code::bad_data, "{}", what);
}

template <class T>
bool all_finite(const std::vector<T>& values) {
  return std::all_of(values.begin(), values.end(), [](T value) { return std::isfinite(value); });
}

}  // namespace

Result<void> SavedFields::check(const FtrlModel& m) {
  const FtrlOptions& o = m.options_;
  if (auto fine = claim(
          o.alpha > 0 && o.beta >= 0 && o.lambda1 >= 0 && o.lambda2 >= 0 && o.beta + o.lambda2 > 0,
          "a rate of the learner is out of its range");
      !fine)
    return fine;
  if (auto fine = claim(!m.state_.empty(), "the learner's state does not fit its bits"); !fine)
    return fine;
  return claim(all_finite(m.weights_), "a weight is no finite number");
}

Result<void> SavedFields::check(const Encoding& e) {
  std::size_t width = 1;
  bool inside = true;
  for (const auto& column : e.columns_) {
    width += column.indicates_missing ? 2 : 1;
    inside = inside && (column.levels || column.first < e.terms_.size());
    inside = inside && (!column.indicates_missing || column.missing < e.terms_.size());
    for (const auto& [level, at] : column.by_text) inside = inside && at < e.terms_.size();
    for (const auto& [level, at] : column.by_number) inside = inside && at < e.terms_.size();
    inside = inside && std::isfinite(column.mean) && std::isfinite(column.sd);
  }
  for (const std::size_t field : e.entry_fields_) inside = inside && field <= e.columns_.size();
  return claim(inside && width == e.width_ && width == e.entry_fields_.size() &&
                   !e.terms_.empty() && e.entry_fields_.front() == 0,
               "the encoding's columns do not fit its parameters");
}

Result<void> SavedFields::check(const LinearFit& fit) {
  if (auto fine = check(fit.encoding); !fine) return fine;
  const int kind = static_cast<int>(fit.loss.kind);
  if (auto fine = claim(kind >= 0 && kind <= static_cast<int>(LossKind::positive_poisson),
                        "there is no such loss");
      !fine)
    return fine;
  return claim(fit.weights.size() == fit.encoding.parameters() && all_finite(fit.weights),
               "the weights do not fit the encoding");
}

Result<void> SavedFields::check(const FmModel& m) {
  if (auto fine = check(m.encoding_); !fine) return fine;
  const bool fields = m.fields_ == 1 || m.fields_ == m.encoding_.fields();
  if (auto fine = claim(
          fields && m.rank_ >= 1 && m.rank_ <= 128 && m.options_.field_aware == (m.fields_ > 1),
          "the number of factors or fields is out of its range");
      !fine)
    return fine;
  return claim(m.weights_.size() == m.encoding_.parameters() &&
                   m.factors_.size() == m.weights_.size() * m.fields_ * m.rank_ &&
                   all_finite(m.weights_) && all_finite(m.factors_),
               "the weights or factors do not fit the encoding");
}

Result<void> SavedFields::check(const LearningCurve& c) {
  return claim(c.best >= 1 && c.best <= c.train.size() &&
                   (c.valid.empty() || c.valid.size() == c.train.size()),
               "the learning curve does not hold what was kept");
}

Result<void> SavedFields::check(const TreeEncoding& e) {
  std::size_t begin = 0;
  for (const auto& source : e.sources_) {
    bool fine = source.begin == begin && source.width <= e.names_.size() - begin;
    for (const auto& [level, at] : source.levels)
      fine = fine && at >= 0 && (!source.one_hot || at < static_cast<float>(source.width));
    fine = fine && (source.one_hot || source.width == 1);
    if (!fine) return claim(false, "the encoding's columns do not fit its inputs");
    begin += source.width;
  }
  return claim(begin == e.names_.size(), "the encoding's columns do not fit its inputs");
}

// A child comes after its parent, so that no walk goes round in circles.
Result<void> SavedFields::check(const TreeEnsemble& e, std::size_t width) {
  bool fine = e.roots_.size() == e.depths_.size() && std::isfinite(e.base_) && width > 0;
  fine = fine && (e.roots_.empty() ? e.nodes_.empty() : e.roots_.front() == 0);
  for (std::size_t t = 0; fine && t < e.roots_.size(); ++t) {
    const std::size_t begin = e.roots_[t];
    const std::size_t end = t + 1 < e.roots_.size() ? e.roots_[t + 1] : e.nodes_.size();
    fine = begin < end && end <= e.nodes_.size() && e.depths_[t] < end - begin;
    for (std::size_t i = begin; fine && i < end; ++i) {
      const TreeNode& node = e.nodes_[i];
      const auto own = static_cast<std::int64_t>(i - begin);
      const auto size = static_cast<std::int64_t>(end - begin);
      fine =
          std::isfinite(node.threshold) &&
          (node.feature < 0 ? node.left == own && node.right == own
                            : static_cast<std::size_t>(node.feature) < width && node.left > own &&
                                  node.right > own && node.left < size && node.right < size);
    }
  }
  return claim(fine, "a tree is not one: a node's input, child or value is out of range");
}

Result<void> SavedFields::check(const BoostedModel& m) {
  if (auto fine = check(m.encoding_); !fine) return fine;
  if (auto fine = claim(m.options_.loss == BoostedLoss::logistic,
                        "the trees were grown for another loss than log loss");
      !fine)
    return fine;
  if (auto fine = check(m.curve_); !fine) return fine;
  if (auto fine = claim(m.ensemble_.trees() >= 1 && m.ensemble_.trees() <= m.curve_.train.size(),
                        "the learning curve does not hold the trees kept");
      !fine)
    return fine;
  return check(m.ensemble_, m.encoding_.width());
}

Result<void> SavedFields::check(const NetworkModel& m) {
  if (auto fine = check(m.curve_); !fine) return fine;
  const NetworkInputs& in = m.inputs_;
  const auto& w = m.weights_;
  std::size_t numbers = 0;
  bool fine =
      in.options_.buckets >= 1 && in.options_.buckets <= 65536 &&
      (in.options_.wide_bits == 0 || (in.options_.wide_bits >= 8 && in.options_.wide_bits <= 22));
  for (const auto& number : in.number_columns_) {
    numbers += number.indicator ? 2 : 1;
    fine = fine && std::isfinite(number.mean) && number.deviation > 0;
  }
  fine = fine && m.options_.deep == in.options_.deep &&
         m.options_.wide_bits == in.options_.wide_bits &&
         m.options_.crosses == in.options_.crosses && m.columns_ == in.columns_;
  fine = fine && numbers == in.numbers_ && in.texts_ == in.text_columns_.size() &&
         in.names_.size() == numbers + in.texts_ && w.numbers == in.numbers_ &&
         w.texts == in.texts_ && w.dimension <= 64 &&
         w.embeddings.size() == in.levels() * w.dimension && w.wide.size() == in.wide_size();
  std::size_t width = w.input_width();
  for (const auto& layer : w.layers) {
    fine = fine && layer.inputs == width && layer.outputs >= 1 && layer.outputs <= 1024 &&
           layer.weight.size() == layer.inputs * layer.outputs &&
           layer.bias.size() == layer.outputs && all_finite(layer.weight) && all_finite(layer.bias);
    width = layer.outputs;
  }
  fine = fine && (w.layers.empty() || width == 1) && all_finite(w.embeddings) && all_finite(w.wide);
  return claim(fine, "the layers, embeddings or inputs do not fit each other");
}

}  // namespace rehearse::models
