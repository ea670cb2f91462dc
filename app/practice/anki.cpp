// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/anki.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

#include "app/practice/anki_collection.hpp"
#include "app/practice/base64.hpp"
#include "app/practice/card_html.hpp"
#include "app/practice/zip.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/json.hpp"
#include "engine/base/utf8.hpp"

namespace rehearse::practice {
namespace {

constexpr std::size_t kLargestCollection = std::size_t{256} << 20;
constexpr std::string_view kSourceMark = "rehearse:1:";
constexpr std::size_t kLongestTitle = 80;
constexpr const char* kDeckRoot = "Rehearse::";

std::string source_field(const OwnFile& file) {
  return fmt::format("{}{}:{}", kSourceMark, to_base64(file.path), to_base64(file.content));
}

std::optional<OwnFile> file_in(const std::vector<std::string>& fields) {
  for (const std::string& field : fields) {
    if (field.rfind(kSourceMark, 0) != 0) continue;
    const auto colon = field.find(':', kSourceMark.size());
    if (colon == field.npos) continue;
    const auto path =
        from_base64(std::string_view(field).substr(kSourceMark.size(), colon - kSourceMark.size()));
    const auto content = from_base64(std::string_view(field).substr(colon + 1));
    if (path && content && path->rfind("content/", 0) == 0) return OwnFile{*path, *content};
  }
  return {};
}

std::string front_of(const Question& question, const CardLibrary& library) {
  std::string text = question.prompt;
  if (question.kind == Question::Kind::choice)
    for (const std::string& option : question.options) text += "\n\n- " + option;
  if (question.kind == Question::Kind::order) {
    std::vector<std::string> items = question.items;
    std::sort(items.begin(), items.end());
    for (const std::string& item : items) text += "\n\n- " + item;
  }
  return to_html(text, library);
}

void add_notes(const CardFile& one, const CardLibrary& library, std::vector<AnkiNote>& notes) {
  const Card& card = *one.card;
  const auto add = [&](const std::string& front, const std::string& back, std::size_t number) {
    notes.push_back({"rehearse-" + hex(fnv1a64(fmt::format("{}#{}", card.id, number))),
                     kDeckRoot + card.topic,
                     "rehearse rehearse::" + card.topic,
                     {front, back, card.title, source_field(one.file)}});
  };
  if (card.questions.empty())
    add(to_html(card.title, library),
        to_html(card.sections.empty() ? "" : card.sections.front().second, library), 0);
  for (std::size_t i = 0; i < card.questions.size(); ++i)
    add(front_of(card.questions[i], library), to_html(answer_markdown(card.questions[i]), library),
        i + 1);
}

// Lower-case letters, digits and dashes.
std::string slug(const std::string& text) {
  std::string name;
  for (const char raw : text) {
    const auto c = static_cast<unsigned char>(raw);
    if (std::isalnum(c) && c < 128)
      name += static_cast<char>(std::tolower(c));
    else if (!name.empty() && name.back() != '-')
      name += '-';
    if (name.size() >= 60) break;
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name;
}

// A line that would begin a heading or a block of the card is moved in by a blank.
std::string prose(const std::string& text) {
  std::string safe;
  bool begins = true;
  for (const char c : text) {
    if (begins && (c == '#' || c == '`' || c == '+')) safe += ' ';
    begins = c == '\n';
    safe += c == '\x7f' ? ' ' : c;
  }
  return safe;
}

std::optional<OwnFile> card_of(const AnkiNote& note) {
  const std::string front = prose(words_of_html(note.fields[0]));
  const std::string back = prose(note.fields.size() > 1 ? words_of_html(note.fields[1]) : "");
  if (front.empty() || back.empty()) return {};
  const std::string deck =
      note.deck.substr(note.deck.rfind(':') == note.deck.npos ? 0 : note.deck.rfind(':') + 1);
  const std::string topic = slug(deck).empty() ? "anki" : slug(deck);
  const std::string id = "anki-" + hex(fnv1a64(note.guid)).substr(0, 12);
  const std::string title = abbreviated(front.substr(0, front.find('\n')), kLongestTitle);
  const auto quoted = [](const std::string& text) {
    return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
  };
  return OwnFile{fmt::format("content/{}/{}.md", topic, id),
                 fmt::format("+++\nid = \"{}\"\nkind = \"quick-set\"\ntitle = {}\narea = \"ml\"\n"
                             "covers = []\nminutes = 1\nrevision = 1\n+++\n\n## Questions\n\n"
                             "### recall\n\n{}\n\n```toml\nanswer = {}\n```\n",
                             id, quoted(title), front, quoted(back))};
}

}  // namespace

Result<void> write_apkg(const std::vector<CardFile>& cards, const CardLibrary& library,
                        const std::string& path, std::int64_t now) {
  std::vector<AnkiNote> notes;
  for (const CardFile& one : cards) add_notes(one, library, notes);
  auto collection = anki_collection(notes, {"Front", "Back", "Card", "Source"}, now);
  if (!collection) return fail(collection.error());
  return write_zip(path, {{"collection.anki2", std::move(*collection)}, {"media", "{}"}}, now);
}

Result<std::vector<OwnFile>> read_apkg(const std::string& path) {
  auto names = zip_names(path);
  if (!names) return fail(names.error());
  const auto holds = [&names](const char* name) {
    return std::find(names->begin(), names->end(), name) != names->end();
  };
  // Beside collection.anki21b an old form says nothing but that Anki should be updated.
  if (holds("collection.anki21b"))
    return fail(Code::unsupported,
                "{} is in Anki's newest form; export it again and tick \"Support older Anki "
                "versions\"",
                path);
  const char* inside = holds("collection.anki21") ? "collection.anki21" : "collection.anki2";
  if (!holds(inside))
    return fail(Code::bad_data, "{} is a zip without a collection, so no package of Anki's", path);
  auto bytes = read_zip_entry(path, inside, kLargestCollection);
  if (!bytes) return fail(bytes.error());
  auto notes = anki_notes(std::move(*bytes), path);
  if (!notes) return fail(notes.error());
  std::map<std::string, OwnFile> files;  // several notes of ours hold one card
  for (const AnkiNote& note : *notes) {
    auto file = file_in(note.fields);
    if (!file) file = card_of(note);
    if (file) files.emplace(file->path, *file);
  }
  if (files.empty()) return fail(Code::bad_data, "{} holds no note with a front and a back", path);
  std::vector<OwnFile> all;
  for (auto& [name, file] : files) all.push_back(std::move(file));
  return all;
}

}  // namespace rehearse::practice
