// SPDX-License-Identifier: GPL-3.0-or-later
//
// TreeEnsemble: a sum of decision trees, flat in memory, walked without the library that grew it.
//
//   margin(x) = base + Σ_t leaf_t(x);   at a node: x[feature] < threshold goes left, NaN goes where
//   the node says
//
// Sums are float32 in order of trees, as XGBoost's are, so that both give the same bits. Immutable.
// Scoring a row costs about trees · depth nodes, each a load that depends on the one before: slow
// for its arithmetic, and small.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::models {

struct TreeNode {
  std::int32_t feature = -1;         // -1: a leaf
  std::int32_t left = 0, right = 0;  // of a leaf: itself, so that a walk may go on for ever
  float threshold = 0;               // of a leaf: its value
  bool missing_left = false;
};

class TreeEnsemble {
 public:
  // From XGBoost's JSON model. Errors: it is none of its forms with gbtree.
  static Result<TreeEnsemble> parse(std::string_view xgboost_json, float base_margin);

  std::size_t trees() const { return roots_.size(); }
  std::size_t nodes() const { return nodes_.size(); }
  std::size_t leaves() const;
  std::size_t depth() const;  // of the deepest tree; a single leaf has depth 0
  float base() const { return base_; }

  // `row` has one number a feature. The first `trees` trees (0: all).
  float margin(const float* row, std::size_t trees = 0) const;
  // Of many rows, `width` numbers apart, with the same bits. Eight rows walk down a tree together,
  // without a branch: each waits for its own loads and not for the others'.
  std::vector<float> margins(std::span<const float> rows, std::size_t width,
                             std::size_t trees = 0) const;
  // Adds the leaves of one tree to `sums`, one a row.
  void add_tree(std::span<const float> rows, std::size_t width, std::size_t tree,
                std::span<float> sums) const;
  float leaf_value(const float* row, std::size_t tree) const;
  // The leaf that tree t ends in: its index in the tree, its value and the nodes passed.
  struct Leaf {
    std::int32_t index = 0;
    float value = 0;
    std::vector<std::int32_t> path;  // node indices in the tree, root first, leaf last
  };
  Leaf leaf(const float* row, std::size_t tree) const;
  const TreeNode& node(std::size_t tree, std::int32_t index) const {
    return nodes_[roots_[tree] + static_cast<std::size_t>(index)];
  }
  // Nodes looked at per row, leaves included, mean over the rows (row-major, `width` apart).
  double mean_nodes_visited(std::span<const float> rows, std::size_t width) const;
  std::size_t bytes() const {
    return sizeof *this + nodes_.capacity() * sizeof(TreeNode) +
           (roots_.capacity() + depths_.capacity()) * sizeof(std::uint32_t);
  }

 private:
  friend struct SavedFields;
  std::vector<TreeNode> nodes_;
  std::vector<std::uint32_t> roots_, depths_;  // one a tree
  float base_ = 0;
};

}  // namespace rehearse::models
