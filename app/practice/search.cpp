// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/search.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <filesystem>

#include "app/practice/card.hpp"
#include "app/practice/script_text.hpp"
#include "app/practice/search_query.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/read.hpp"
#include "engine/base/utf8.hpp"

namespace rehearse::practice {
namespace {

namespace fs = std::filesystem;

// Another form of the index: raise it when what is indexed changes.
constexpr const char* kIndexForm = "2";
constexpr std::size_t kLargestSource = 1 << 20;

struct SourceFile {
  SearchKind kind;
  std::string path, text;
};

struct SearchDocument {
  SearchKind kind;
  std::string id, title, topic, body;
};

// In order of path. A file that cannot be read hides no other.
void collect(const std::string& folder, SearchKind kind, std::vector<SourceFile>& files) {
  const char* ending = kind == SearchKind::card ? ".md" : ".lua";
  std::vector<std::string> paths;
  std::error_code error;
  constexpr auto kPassOver = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator at(folder, kPassOver, error), end; !error && at != end;
       at.increment(error)) {
    if (at->path().filename() == "judge") at.disable_recursion_pending();
    if (at->path().extension() == ending && at->path().filename() != "README.md")
      paths.push_back(at->path().string());
  }
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths)
    if (auto text = read_file(path, kLargestSource))
      files.push_back({kind, path, std::move(*text)});
}

std::vector<SourceFile> sources(const Home& home) {
  std::vector<SourceFile> files;
  collect(home.builtin + "/drills", SearchKind::drill, files);
  collect(home.user_drills, SearchKind::drill, files);
  collect(home.builtin + "/designs", SearchKind::design, files);
  collect(home.user_designs, SearchKind::design, files);
  collect(home.builtin + "/content", SearchKind::card, files);
  collect(home.user_content, SearchKind::card, files);
  return files;
}

std::string fingerprint(const std::vector<SourceFile>& files) {
  Hasher hasher;
  hasher.add(kIndexForm);
  for (const SourceFile& file : files) hasher.add(file.path).add(std::string_view(file.text));
  return hex(hasher.digest());
}

// Without the formulas' marks and the signs that Markdown needs.
std::string plain(const std::string& markdown) {
  std::string text;
  for (std::size_t i = 0; i < markdown.size(); ++i) {
    if (markdown.compare(i, 10, "{{formula:") == 0) {
      i = std::min(markdown.find("}}", i), markdown.size() - 1) + 1;
      continue;
    }
    const char c = markdown[i];
    if (c == '*' || c == '`' || c == '#' || c == '|' || c == '\x02' || c == '\x03') continue;
    const bool blank = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (!blank)
      text += c;
    else if (!text.empty() && text.back() != ' ')
      text += ' ';
  }
  return text;
}

std::string body_of(const Card& card) {
  std::string text;
  for (const auto& [heading, section] : card.sections) text += section + "\n\n";
  for (const Question& question : card.questions)
    text += question.prompt + "\n" + answer_markdown(question) + "\n\n";
  return text;
}

SearchDocument document_of(const SourceFile& file) {
  const fs::path path = file.path;
  SearchDocument document{file.kind, path.stem().string(), "", "", ""};
  if (file.kind != SearchKind::design) document.topic = path.parent_path().filename().string();
  if (file.kind == SearchKind::card) {
    if (auto card = parse_card(file.text, file.path)) {
      document.id = card->id;
      document.title = card->title;
      document.body = plain(body_of(*card));
    } else {
      document.body = plain(file.text);
    }
  } else {
    ScriptText script = text_of_script(file.text);
    document.title = std::move(script.title);
    document.body = plain(script.prose);
  }
  if (document.title.empty()) document.title = document.id;
  return document;
}

void build(const std::string& path, const std::vector<SourceFile>& files,
           const std::string& print) {
  SQLite::Database db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  // It is renamed when it is whole and made anew when it is lost.
  db.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
  db.exec(
      "CREATE TABLE made_of(print TEXT); CREATE TABLE words(word TEXT PRIMARY KEY, documents "
      "INTEGER) WITHOUT ROWID; CREATE VIRTUAL TABLE documents USING fts5(kind UNINDEXED, id, "
      "title, topic, body, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3'); "
      "CREATE VIRTUAL TABLE temp.unstemmed USING fts5(text, content = '', tokenize = 'unicode61 "
      "remove_diacritics 2'); CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(unstemmed, "
      "row)");
  SQLite::Transaction transaction(db);
  SQLite::Statement put(db, "INSERT INTO documents VALUES(?, ?, ?, ?, ?)");
  SQLite::Statement words(db, "INSERT INTO unstemmed(text) VALUES(?)");
  for (const SourceFile& file : files) {
    const SearchDocument document = document_of(file);
    put.reset();
    put.bind(1, static_cast<int>(document.kind));
    put.bind(2, document.id);
    put.bind(3, document.title);
    put.bind(4, document.topic);
    put.bind(5, document.body);
    put.exec();
    words.reset();
    words.bind(1, document.title + " " + document.topic + " " + document.body);
    words.exec();
  }
  db.exec("INSERT INTO words SELECT term, doc FROM vocabulary");
  SQLite::Statement made(db, "INSERT INTO made_of VALUES(?)");
  made.bind(1, print);
  made.exec();
  transaction.commit();
}

// Null where there is none, it is damaged, or it is of other files.
std::unique_ptr<SQLite::Database> open_if_current(const std::string& path,
                                                  const std::string& print) {
  std::error_code error;
  if (!fs::exists(path, error)) return nullptr;
  try {
    auto db = std::make_unique<SQLite::Database>(path, SQLite::OPEN_READONLY);
    if (db->execAndGet("SELECT print FROM made_of").getString() != print) return nullptr;
    if (db->execAndGet("PRAGMA quick_check(1)").getString() != "ok") return nullptr;
    db->execAndGet("SELECT count(*) FROM documents WHERE documents MATCH '\"a\"'");
    return db;
  } catch (const SQLite::Exception&) {
    return nullptr;  // whatever it holds, it is made anew
  }
}

std::string kinds_clause(const std::vector<SearchKind>& kinds) {
  std::string list;
  for (const SearchKind kind : kinds)
    list += fmt::format("{}{}", list.empty() ? "" : ", ", static_cast<int>(kind));
  return list.empty() ? "" : " AND kind IN (" + list + ")";
}

}  // namespace

const char* kind_name(SearchKind kind) {
  return std::array{"drill", "design", "card"}[static_cast<std::size_t>(kind)];
}

SearchIndex::SearchIndex() = default;
SearchIndex::~SearchIndex() = default;
SearchIndex::SearchIndex(SearchIndex&&) noexcept = default;
SearchIndex& SearchIndex::operator=(SearchIndex&&) noexcept = default;

Result<SearchIndex> SearchIndex::open(const Home& home) {
  SearchIndex index;
  index.path_ = home.cache + "/search.db";
  const std::vector<SourceFile> files = sources(home);
  const std::string print = fingerprint(files);
  index.database_ = open_if_current(index.path_, print);
  if (index.database_) return index;
  // Two threads of one program may be at it as well.
  static std::atomic<unsigned> count = 0;
  const std::string partial = fmt::format("{}.partial-{}-{}", index.path_, ::getpid(), ++count);
  std::error_code error;
  try {
    fs::remove(partial, error);
    build(partial, files, print);
    fs::rename(partial, index.path_);
    index.database_ = std::make_unique<SQLite::Database>(index.path_, SQLite::OPEN_READONLY);
    return index;
  } catch (const std::exception& e) {
    fs::remove(partial, error);
    return fail(Code::io,
                "the search index {} cannot be made ({}); mend the folder, or name another with "
                "--home",
                index.path_, e.what());
  }
}

Result<std::vector<SearchHit>> SearchIndex::find(const std::string& query, std::size_t limit,
                                                 const std::vector<SearchKind>& kinds) const {
  std::vector<SearchHit> hits;
  if (invalid_utf8_at(query) != std::string_view::npos)
    return fail(Code::invalid_argument, "the query is not UTF-8");
  try {
    for (const char* join : {"AND", "OR"}) {
      const std::string words = fts_query(*database_, query, join);
      if (words.empty() || !hits.empty()) break;
      SQLite::Statement row(
          *database_,
          "SELECT kind, id, title, topic, snippet(documents, 4, char(2), char(3), "
          "'…', 18), bm25(documents, 0, 4, 8, 3, 1) AS score FROM documents WHERE "
          "documents MATCH ?" +
              kinds_clause(kinds) + " ORDER BY score, id LIMIT ?");
      row.bind(1, words);
      row.bind(2, static_cast<std::int64_t>(limit));
      while (row.executeStep())
        hits.push_back({static_cast<SearchKind>(row.getColumn(0).getInt()),
                        row.getColumn(1).getString(), row.getColumn(2).getString(),
                        row.getColumn(3).getString(), row.getColumn(4).getString(),
                        row.getColumn(5).getDouble()});
    }
  } catch (const SQLite::Exception& e) {
    return fail(Code::io, "{} cannot be searched ({}); it is made anew when you delete it", path_,
                e.what());
  }
  return hits;
}

}  // namespace rehearse::practice
