// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/tree_ensemble.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/json.hpp"

namespace rehearse::models {
namespace {

const TreeNode* child(const TreeNode* root, const TreeNode& at, const float* row) {
  const float value = row[at.feature];
  const bool left = std::isnan(value) ? at.missing_left : value < at.threshold;
  return root + (left ? at.left : at.right);
}

// default_left is written as booleans or as 0 and 1, by version.
bool truthy(const Json& value) { return value.is_boolean() ? value.get<bool>() : value != 0; }

void append_tree(const Json& tree, std::vector<TreeNode>& nodes) {
  const Json &left = tree.at("left_children"), &right = tree.at("right_children"),
             &feature = tree.at("split_indices"), &threshold = tree.at("split_conditions"),
             &missing = tree.at("default_left");
  for (std::size_t i = 0; i < left.size(); ++i) {
    TreeNode node;
    node.left = left[i].get<std::int32_t>();
    node.right = right[i].get<std::int32_t>();
    node.feature = node.left < 0 ? -1 : feature[i].get<std::int32_t>();
    if (node.feature < 0) node.left = node.right = static_cast<std::int32_t>(i);
    node.threshold = threshold[i].get<float>();
    node.missing_left = truthy(missing[i]);
    nodes.push_back(node);
  }
}

std::uint32_t depth_of(std::span<const TreeNode> tree) {
  std::vector<std::uint32_t> depth(tree.size(), 0);  // children stand behind their parent
  for (std::size_t i = 0; i < tree.size(); ++i)
    if (tree[i].feature >= 0)
      for (const std::int32_t below : {tree[i].left, tree[i].right})
        depth[static_cast<std::size_t>(below)] = depth[i] + 1;
  return *std::max_element(depth.begin(), depth.end());
}

}  // namespace

Result<TreeEnsemble> TreeEnsemble::parse(std::string_view xgboost_json, float base_margin) try {
  const Json model = Json::parse(xgboost_json);
  TreeEnsemble ensemble;
  ensemble.base_ = base_margin;
  for (const Json& tree : model.at("learner").at("gradient_booster").at("model").at("trees")) {
    ensemble.roots_.push_back(static_cast<std::uint32_t>(ensemble.nodes_.size()));
    append_tree(tree, ensemble.nodes_);
    ensemble.depths_.push_back(
        depth_of(std::span(ensemble.nodes_).subspan(ensemble.roots_.back())));
  }
  ensemble.nodes_.shrink_to_fit();
  ensemble.roots_.shrink_to_fit(), ensemble.depths_.shrink_to_fit();
  return ensemble;
} catch (const Json::exception& error) {
  return fail(Code::internal, "the library's model could not be read: {}", error.what());
}

float TreeEnsemble::margin(const float* row, std::size_t trees) const {
  const std::size_t last = trees == 0 ? roots_.size() : std::min(trees, roots_.size());
  float sum = base_;
  for (std::size_t t = 0; t < last; ++t) sum += leaf_value(row, t);
  return sum;
}

float TreeEnsemble::leaf_value(const float* row, std::size_t tree) const {
  const TreeNode* root = nodes_.data() + roots_[tree];
  const TreeNode* at = root;
  while (at->feature >= 0) at = child(root, *at, row);
  return at->threshold;
}

TreeEnsemble::Leaf TreeEnsemble::leaf(const float* row, std::size_t tree) const {
  const TreeNode* root = nodes_.data() + roots_[tree];
  const TreeNode* at = root;
  Leaf leaf;
  while (true) {
    leaf.index = static_cast<std::int32_t>(at - root);
    leaf.path.push_back(leaf.index);
    if (at->feature < 0) break;
    at = child(root, *at, row);
  }
  leaf.value = at->threshold;
  return leaf;
}

std::size_t TreeEnsemble::leaves() const {
  return static_cast<std::size_t>(std::count_if(
      nodes_.begin(), nodes_.end(), [](const TreeNode& node) { return node.feature < 0; }));
}

std::size_t TreeEnsemble::depth() const {
  return depths_.empty() ? 0 : *std::max_element(depths_.begin(), depths_.end());
}

void TreeEnsemble::add_tree(std::span<const float> rows, std::size_t width, std::size_t tree,
                            std::span<float> sums) const {
  constexpr std::size_t kTogether = 8;
  const TreeNode* root = nodes_.data() + roots_[tree];
  std::size_t row = 0;
  for (; row + kTogether <= sums.size(); row += kTogether) {
    const float* first = rows.data() + row * width;
    std::array<std::int32_t, kTogether> at{};
    for (std::uint32_t level = 0; level < depths_[tree]; ++level)
      for (std::size_t i = 0; i < kTogether; ++i) {
        const TreeNode& node = root[at[i]];
        const std::int32_t feature = node.feature & ~(node.feature >> 31);  // a leaf reads input 0
        const float value = first[i * width + static_cast<std::size_t>(feature)];
        const std::int32_t left = static_cast<std::int32_t>(value < node.threshold) |
                                  (static_cast<std::int32_t>(node.missing_left) &
                                   static_cast<std::int32_t>(!(value >= node.threshold)));
        at[i] = node.right ^ ((node.left ^ node.right) & -left);  // no branch to guess wrongly
      }
    for (std::size_t i = 0; i < kTogether; ++i) sums[row + i] += root[at[i]].threshold;
  }
  for (; row < sums.size(); ++row) sums[row] += leaf_value(rows.data() + row * width, tree);
}

std::vector<float> TreeEnsemble::margins(std::span<const float> rows, std::size_t width,
                                         std::size_t trees) const {
  constexpr std::size_t kBlock = 512;  // rows whose inputs stay near while all trees look at them
  const std::size_t last = trees == 0 ? roots_.size() : std::min(trees, roots_.size());
  std::vector<float> sums(width == 0 ? 0 : rows.size() / width, base_);
  for (std::size_t begin = 0; begin < sums.size(); begin += kBlock) {
    const std::size_t count = std::min(kBlock, sums.size() - begin);
    for (std::size_t t = 0; t < last; ++t)
      add_tree(rows.subspan(begin * width, count * width), width, t,
               std::span(sums).subspan(begin, count));
  }
  return sums;
}

double TreeEnsemble::mean_nodes_visited(std::span<const float> rows, std::size_t width) const {
  const std::size_t count = width == 0 ? 0 : rows.size() / width;
  double visited = 0;
  for (std::size_t i = 0; i < count; ++i)
    for (const std::uint32_t first : roots_) {
      const TreeNode* root = nodes_.data() + first;
      const TreeNode* at = root;
      for (visited += 1; at->feature >= 0; visited += 1)
        at = child(root, *at, rows.data() + i * width);
    }
  return count ? visited / static_cast<double>(count) : 0;
}

}  // namespace rehearse::models
