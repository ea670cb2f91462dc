// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "app/cli/designs_common.hpp"
#include "app/cli/drills_common.hpp"
#include "app/cli/skeletons.hpp"
#include "app/practice/card_library.hpp"
#include "engine/base/read.hpp"

namespace rehearse::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestId = 60;

struct NewOptions {
  std::string kind, id;
};

bool is_kebab_case(const std::string& id) {
  if (id.empty() || id.size() > kLongestId || id.front() == '-' || id.back() == '-' ||
      std::isdigit(static_cast<unsigned char>(id.front())))
    return false;
  for (const char c : id)
    if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') return false;
  return id.find("--") == std::string::npos;
}

std::string replaced(std::string text, const std::string& mark, const std::string& by) {
  for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos; at += by.size())
    text.replace(at, mark.size(), by);
  return text;
}

std::string filled(const char* skeleton, const std::string& id) {
  std::string function = id, title = id;
  std::replace(function.begin(), function.end(), '-', '_');
  std::replace(title.begin(), title.end(), '-', ' ');
  title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
  std::string text = replaced(skeleton, "FUNCTION", function);
  text = replaced(std::move(text), "TITLE", title);
  text = replaced(std::move(text), "`rehearse check ID`", "`rehearse check " + id + "`");
  return replaced(std::move(text), "\"ID\"", "\"" + id + "\"");
}

// The file that has the id already; empty where none has.
Result<std::string> taken_by(const Context& context, const NewOptions& options) {
  if (options.kind == "card") {
    const auto cards =
        practice::CardLibrary::open({context.home.builtin + "/content", context.home.user_content});
    const practice::Card* card = cards.find(options.id);
    return card ? card->path : "";
  }
  if (options.kind == "design") {
    auto designs = open_designs(context);
    if (!designs) return fail(designs.error());
    const auto* design = designs->find(options.id);
    return design ? design->path : "";
  }
  auto drills = open_drills(context);
  if (!drills) return fail(drills.error());
  const auto* drill = drills->find(options.id);
  return drill ? drill->path : "";
}

std::string path_for(const Context& context, const NewOptions& options) {
  if (options.kind == "card") return context.home.user_content + "/mine/" + options.id + ".md";
  if (options.kind == "design") return context.home.user_designs + "/" + options.id + ".lua";
  return context.home.user_drills + "/mine/" + options.id + ".lua";
}

int begin(Context& context, const NewOptions& options) {
  if (!is_kebab_case(options.id))
    return context.report(
        {Code::invalid_argument,
         fmt::format("{}: an id is small letters, digits and single dashes, at most {}, as "
                     "my-first-drill",
                     options.id, kLongestId)});
  auto taken = taken_by(context, options);
  if (!taken) return context.report(taken.error());
  if (!taken->empty())
    return context.report(
        {Code::invalid_argument, fmt::format("the {} `{}` is there already: {}; choose another id",
                                             options.kind, options.id, *taken)});
  const std::string path = path_for(context, options);
  std::error_code error;
  if (fs::exists(path, error))
    return context.report({Code::invalid_argument, path + " exists; choose another id"});
  fs::create_directories(fs::path(path).parent_path(), error);
  if (error)
    return context.report(
        {Code::io, fmt::format("the folder of {} cannot be made: {}", path, error.message())});
  const char* skeleton = options.kind == "card"     ? kCardSkeleton
                         : options.kind == "design" ? kDesignSkeleton
                                                    : kDrillSkeleton;
  if (auto written = write_file(path, filled(skeleton, options.id)); !written)
    return context.report(written.error());
  const std::string next = options.kind == "card"     ? "rehearse study --list"
                           : options.kind == "design" ? "rehearse run " + options.id
                                                      : "rehearse drill " + options.id;
  if (context.json)
    context.print(Json{{"kind", options.kind}, {"id", options.id}, {"path", path}});
  else
    context.print(fmt::format(
        "{}\n\nEdit it, then:\n  rehearse lint {}\n  {}\nThe window shows it after a restart.",
        path, path, next));
  return kDone;
}

Action declare_new(Arguments& app) {
  auto options = std::make_shared<NewOptions>();
  app.add_option("kind", options->kind, "drill, design or card")
      .required()
      .one_of({"drill", "design", "card"});
  app.add_option("id", options->id, "its id and its file's name, as my-first-drill").required();
  return [options](Context& context) { return begin(context, *options); };
}

const VerbRegistration kNew{{"new", "a commented skeleton of your own drill, design or card",
                             "rehearse new card label-delay", declare_new}};

}  // namespace
}  // namespace rehearse::cli
