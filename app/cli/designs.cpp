// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/designs_common.hpp"
#include "app/cli/table.hpp"

namespace rehearse::cli {
namespace {

int list_designs(Context& context) {
  auto library = open_designs(context);
  if (!library) return context.report(library.error());
  if (context.json) {
    Json all = Json::array();
    for (const trace::DesignEntry& design : library->designs())
      all.push_back({{"id", design.id},
                     {"title", design.title},
                     {"asks", design.asks},
                     {"covers", design.covers},
                     {"chapters", design.chapters},
                     {"incident", design.incident},
                     {"path", design.path},
                     {"error", design.error.empty() ? Json(nullptr) : Json(design.error)}});
    context.print(Json{{"designs", all}});
    return kDone;
  }
  for (const trace::DesignEntry& design : library->designs()) {
    context.print(design.id + "  " + (design.error.empty() ? design.title : "does not trace") +
                  (design.incident ? "   (an incident: `rehearse triage`)" : ""));
    context.print(wrapped(design.error.empty() ? design.asks : design.error, 88, "    "));
  }
  context.print("Run one with `rehearse run ID`, read one with `rehearse explain ID`.");
  return kDone;
}

const VerbRegistration kDesigns{{"designs", "list the designs", "rehearse designs",
                                 [](Arguments&) { return Action(list_designs); }}};

}  // namespace
}  // namespace rehearse::cli
