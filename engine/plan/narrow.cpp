// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/narrow.hpp"

#include <cassert>

namespace rehearse::plan {

Plan narrowed(const Plan& plan, std::size_t view) {
  assert(view < plan.views.size());
  std::vector<bool> needed(plan.nodes.size(), false);
  needed[static_cast<std::size_t>(plan.views[view].data.node)] = true;
  for (std::size_t i = plan.nodes.size(); i-- > 0;) {
    if (!needed[i]) continue;
    for (const auto& [port, refs] : plan.nodes[i].inputs)
      for (const Ref& ref : refs) needed[static_cast<std::size_t>(ref.node)] = true;
  }
  Plan small;
  small.id = plan.id, small.title = plan.title, small.file = plan.file, small.seed = plan.seed;
  small.chapters = plan.chapters;
  std::vector<int> place(plan.nodes.size(), -1);
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    if (!needed[i]) continue;
    place[i] = static_cast<int>(small.nodes.size());
    small.nodes.push_back(plan.nodes[i]);
    for (auto& [port, refs] : small.nodes.back().inputs)
      for (Ref& ref : refs) ref.node = place[static_cast<std::size_t>(ref.node)];
  }
  small.views.push_back(plan.views[view]);
  small.views.back().data.node = place[static_cast<std::size_t>(plan.views[view].data.node)];
  return small;
}

}  // namespace rehearse::plan
