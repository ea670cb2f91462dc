// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/trec.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

#include "engine/base/utf8.hpp"
#include "engine/retrieval/source_text.hpp"

namespace rehearse::retrieval {
namespace {

constexpr std::size_t kElementsPerReport = 1024;
constexpr std::size_t kLongestEntity = 12;
constexpr auto kNowhere = std::string_view::npos;

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool tag_letter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

// A tag at or behind `from`: `<name …>`, `</name>`, `<?…>` or `<!-- … -->` (these two without a
// name). A `<` that opens none is text.
struct Tag {
  std::string name;  // in lower case
  bool closing = false;
  std::size_t begin = kNowhere, end = kNowhere;  // of `<` and behind `>`
  bool found() const { return begin != kNowhere; }
};

Tag next_tag(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find('<', from); at != kNowhere; at = text.find('<', at + 1)) {
    if (text.substr(at).starts_with("<!--")) {
      const std::size_t end = text.find("-->", at);
      return {"", false, at, end == kNowhere ? text.size() : end + 3};
    }
    std::size_t letter = at + 1;
    const bool closing = letter < text.size() && text[letter] == '/';
    const bool declaration = letter < text.size() && (text[letter] == '?' || text[letter] == '!');
    letter += closing || declaration ? 1 : 0;
    std::string name;
    while (letter < text.size() && tag_letter(text[letter])) name += lower_ascii(text[letter++]);
    if (name.empty()) continue;
    const std::size_t end = text.find_first_of("<>", letter);
    if (end == kNowhere || text[end] == '<') continue;
    return {declaration ? "" : name, closing, at, end + 1};
  }
  return {};
}

std::optional<std::uint32_t> entity_scalar(std::string_view name) {
  if (name == "amp") return '&';
  if (name == "lt") return '<';
  if (name == "gt") return '>';
  if (name == "quot") return '"';
  if (name == "apos") return '\'';
  if (!name.starts_with('#')) return std::nullopt;
  name.remove_prefix(1);
  const bool hexadecimal = name.starts_with('x') || name.starts_with('X');
  if (hexadecimal) name.remove_prefix(1);
  std::uint32_t scalar = 0;
  const auto [end, error] =
      std::from_chars(name.data(), name.data() + name.size(), scalar, hexadecimal ? 16 : 10);
  const bool valid = error == std::errc() && end == name.data() + name.size() && scalar > 0 &&
                     scalar <= 0x10FFFF && (scalar < 0xD800 || scalar > 0xDFFF);
  return valid ? std::optional(scalar) : std::nullopt;
}

// The text of an element's inside: tags are spaces, entities are decoded.
void append_plain(std::string& out, std::string_view markup) {
  std::size_t at = 0;
  while (at < markup.size()) {
    const Tag tag = next_tag(markup, at);
    std::string_view run = markup.substr(at, (tag.found() ? tag.begin : markup.size()) - at);
    while (!run.empty()) {
      const std::size_t mark = std::min(run.find('&'), run.size());
      out += run.substr(0, mark);
      run.remove_prefix(mark);
      if (run.empty()) break;
      const std::size_t semicolon = run.substr(0, kLongestEntity).find(';');
      const auto scalar =
          semicolon == kNowhere ? std::nullopt : entity_scalar(run.substr(1, semicolon - 1));
      if (scalar)
        append_utf8(out, *scalar);
      else
        out += '&';
      run.remove_prefix(scalar ? semicolon + 1 : 1);
    }
    if (!tag.found()) break;
    out += ' ';
    at = tag.end;
  }
}

bool topic_field(std::string_view name) {
  for (const char* field : {"num", "title", "desc", "narr", "dom", "smry", "con", "fac", "def"})
    if (name == field) return true;
  return false;
}

// The fields of one entry by name; `inside` is what stands between its tags.
class Fields {
 public:
  explicit Fields(std::string_view inside) : inside_(inside) {}

  // The inside of each element of that name, in order. A field without an end tag reaches to the
  // next field of a topic (`open_ended`), or is unclosed.
  std::vector<std::string_view> all(std::string_view name, bool open_ended) {
    std::vector<std::string_view> found;
    for (Tag tag = next_tag(inside_, 0); tag.found(); tag = next_tag(inside_, tag.end)) {
      if (tag.closing || tag.name != name) continue;
      const Tag stop = end_of(tag, open_ended);
      if (!stop.found() && !open_ended) {
        unclosed_ = true;
        break;
      }
      const std::size_t end = stop.found() ? stop.begin : inside_.size();
      found.push_back(inside_.substr(tag.end, end - tag.end));
      if (!stop.found()) break;
      if (stop.closing) tag = stop;
    }
    return found;
  }
  // A field was opened and never closed.
  bool unclosed() const { return unclosed_; }

 private:
  Tag end_of(const Tag& tag, bool open_ended) const {
    Tag stop = next_tag(inside_, tag.end);
    while (stop.found() && !(stop.closing && stop.name == tag.name) &&
           !(open_ended && topic_field(stop.name)))
      stop = next_tag(inside_, stop.end);
    return stop;
  }

  std::string_view inside_;
  bool unclosed_ = false;
};

// Cuts a text into the elements of one name.
class Elements {
 public:
  Elements(std::string_view text, std::string_view element, std::string_view name)
      : text_(text), element_(element), name_(name) {}

  // False at the end. Errors: an element that does not end before the next begins or the text ends,
  // text between elements.
  Result<bool> next() {
    for (Tag tag = next_tag(text_, at_);; tag = next_tag(text_, at_)) {
      const std::size_t end = tag.found() ? tag.begin : text_.size();
      const std::string_view between = text_.substr(at_, end - at_);
      if (!blank(between))
        return fail(Code::bad_data,
                    "{}: line {}: `{}` stands outside every <{}>; was the front of the file cut "
                    "off?",
                    name_, line_of(at_ + between.find_first_not_of(" \t\r\n")),
                    abbreviated(trimmed(between)), element_);
      if (!tag.found()) return false;
      at_ = tag.end;
      if (tag.name == element_ && !tag.closing) break;
    }
    const std::size_t begin = at_;
    line_ = line_of(begin);
    for (Tag tag = next_tag(text_, at_); tag.found(); tag = next_tag(text_, at_)) {
      at_ = tag.end;
      if (tag.name != element_) continue;
      if (!tag.closing) break;
      inside_ = text_.substr(begin, tag.begin - begin);
      return true;
    }
    return fail(Code::bad_data,
                "{}: the <{}> that begins on line {} does not end; is the file truncated?", name_,
                element_, line_);
  }
  std::string_view inside() const { return inside_; }
  std::size_t line() const { return line_; }
  double fraction() const { return static_cast<double>(at_) / static_cast<double>(text_.size()); }

 private:
  // Places are asked for in order, so that lines are counted once.
  std::size_t line_of(std::size_t byte) {
    const std::string_view passed = text_.substr(counted_, byte - counted_);
    lines_ += static_cast<std::size_t>(std::count(passed.begin(), passed.end(), '\n'));
    counted_ = byte;
    return lines_;
  }

  std::string_view text_, element_, name_, inside_;
  std::size_t at_ = 0, line_ = 1, counted_ = 0, lines_ = 1;
};

std::string plain(std::string_view markup) {
  std::string text;
  append_plain(text, markup);
  return text;
}

Result<void> add_document(CollectionBuilder& builder, const Elements& elements) {
  Fields fields(elements.inside());
  const auto numbers = fields.all("docno", false), titles = fields.all("title", false),
             texts = fields.all("text", false);
  if (fields.unclosed())
    return builder.bad(elements.line(),
                       "a <docno>, <title> or <text> of the document does not end");
  if (numbers.size() != 1)
    return builder.bad(elements.line(),
                       fmt::format("the document has {} <docno>; one is due", numbers.size()));
  if (titles.empty() && texts.empty())
    return builder.bad(elements.line(), "the document has neither <title> nor <text>");
  std::string text;
  for (const std::string_view title : titles) append_plain(text, title), text += ' ';
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) text += ' ';
    append_plain(text, texts[i]);
  }
  return builder.add(plain(numbers.front()), std::move(text), elements.line());
}

Result<void> add_topic(CollectionBuilder& builder, const Elements& elements) {
  Fields fields(elements.inside());
  const auto numbers = fields.all("num", true), titles = fields.all("title", true);
  if (numbers.size() != 1 || titles.size() != 1)
    return builder.bad(elements.line(), fmt::format("the query has {} <num> and {} <title>; one of "
                                                    "each is due",
                                                    numbers.size(), titles.size()));
  const std::string number = plain(numbers.front());
  std::string_view id = trimmed(number);
  constexpr std::string_view kNumber = "Number:", kTopic = "Topic:";
  if (id.starts_with(kNumber)) id.remove_prefix(kNumber.size());
  const std::string title = plain(titles.front());
  std::string_view text = trimmed(title);
  if (text.starts_with(kTopic)) text.remove_prefix(kTopic.size());
  return builder.add(id, std::string(trimmed(text)), elements.line());
}

}  // namespace

Result<Collection> parse_trec_documents(std::string_view text, const CollectionOptions& options,
                                        const std::string& name, const Progress& progress) {
  CollectionBuilder builder("document", name, options.skip_bad);
  Elements elements(text, "doc", name);
  for (std::size_t count = 0;; ++count) {
    const auto more = elements.next();
    if (!more) return fail(more.error());
    if (!*more) break;
    if (auto added = add_document(builder, elements); !added) return fail(added.error());
    if (count % kElementsPerReport == 0 && !progress.report(elements.fraction()))
      return cancelled();
  }
  return std::move(builder).build();
}

Result<Collection> parse_trec_topics(std::string_view text, const CollectionOptions& options,
                                     const std::string& name) {
  CollectionBuilder builder("query", name, options.skip_bad);
  Elements elements(text, "top", name);
  while (true) {
    const auto more = elements.next();
    if (!more) return fail(more.error());
    if (!*more) break;
    if (auto added = add_topic(builder, elements); !added) return fail(added.error());
  }
  return std::move(builder).build();
}

}  // namespace rehearse::retrieval
