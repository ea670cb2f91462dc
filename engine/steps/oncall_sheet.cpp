// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/oncall.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_oncall_sheet(const StepCall& call, const StepContext&) {
  const std::vector<std::string> head = call.texts("head"), cells = call.texts("cells");
  if (head.empty() || cells.size() % head.size() != 0 || cells.empty())
    return fail(Code::invalid_argument, "cells must fill whole rows of {} columns; there are {}",
                head.size(), cells.size());
  Frame::Builder builder;
  for (std::size_t column = 0; column < head.size(); ++column) {
    std::vector<std::string> texts;
    for (std::size_t i = column; i < cells.size(); i += head.size()) texts.push_back(cells[i]);
    builder.add(head[column], texts);
  }
  return one(std::move(builder).build());
}

const StepRegistration kOncallSheet{{
    .name = "oncall.sheet",
    .sentence = "A table of texts as a registry or a runbook holds them, row by row.",
    .example = "oncall.sheet { head = { \"model\", \"dimension\" }, cells = { \"v3\", \"256\" } }",
    .outputs = {{.name = "sheet", .kind = Kind::frame}},
    .parameters = {{.name = "head", .type = ParameterType::texts, .sentence = "heads of columns"},
                   {.name = "cells",
                    .type = ParameterType::texts,
                    .sentence = "the cells, row after row"}},
    .run = run_oncall_sheet,
}};

}  // namespace
}  // namespace rehearse::steps
