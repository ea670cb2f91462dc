// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/tree_ensemble.hpp"

#include <algorithm>
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
    node.threshold = threshold[i].get<float>();
    node.missing_left = truthy(missing[i]);
    nodes.push_back(node);
  }
}

}  // namespace

Result<TreeEnsemble> TreeEnsemble::parse(std::string_view xgboost_json, float base_margin) try {
  const Json model = Json::parse(xgboost_json);
  TreeEnsemble ensemble;
  ensemble.base_ = base_margin;
  for (const Json& tree : model.at("learner").at("gradient_booster").at("model").at("trees")) {
    ensemble.roots_.push_back(static_cast<std::uint32_t>(ensemble.nodes_.size()));
    append_tree(tree, ensemble.nodes_);
  }
  ensemble.nodes_.shrink_to_fit();
  ensemble.roots_.shrink_to_fit();
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
  std::size_t deepest = 0;
  for (std::size_t t = 0; t < roots_.size(); ++t) {
    const std::size_t end = t + 1 < roots_.size() ? roots_[t + 1] : nodes_.size();
    std::vector<std::size_t> depth(end - roots_[t], 0);  // children stand behind their parent
    for (std::size_t i = 0; i < depth.size(); ++i) {
      const TreeNode& node = nodes_[roots_[t] + i];
      deepest = std::max(deepest, depth[i]);
      if (node.feature < 0) continue;
      depth[static_cast<std::size_t>(node.left)] = depth[i] + 1;
      depth[static_cast<std::size_t>(node.right)] = depth[i] + 1;
    }
  }
  return deepest;
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
