// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/zip.hpp"

#include <zip.h>

#include <memory>

#include "engine/base/read.hpp"

namespace rehearse::practice {
namespace {

constexpr zip_int64_t kMostEntries = 100000;

struct ZipDiscard {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
using OpenZip = std::unique_ptr<zip_t, ZipDiscard>;

struct ZipFileClose {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

struct SourceFree {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};

bool leads_out(const std::string& name) {
  if (name.empty() || name[0] == '/' || name.find('\\') != name.npos || name.find(':') == 1)
    return true;
  return ("/" + name + "/").find("/../") != std::string::npos;
}

Result<OpenZip> open_zip(const std::string& path) {
  int code = 0;
  OpenZip zip(zip_open(path.c_str(), ZIP_RDONLY, &code));
  if (!zip) {
    zip_error_t why;
    zip_error_init_with_code(&why, code);
    const std::string words = zip_error_strerror(&why);
    zip_error_fini(&why);
    return fail(code == ZIP_ER_NOENT ? Code::not_found : Code::bad_data,
                "{} cannot be opened as a zip ({}); fetch or export it anew", path, words);
  }
  if (zip_get_num_entries(zip.get(), 0) > kMostEntries)
    return fail(Code::limit, "{} holds over {} files and was refused", path, kMostEntries);
  for (zip_int64_t i = 0; i < zip_get_num_entries(zip.get(), 0); ++i) {
    const char* name = zip_get_name(zip.get(), static_cast<zip_uint64_t>(i), 0);
    if (!name || leads_out(name))
      return fail(Code::bad_data,
                  "{} was refused: the name \"{}\" in it leads out of its folder, as no honest "
                  "package's does",
                  path, name ? name : "");
  }
  return zip;
}

std::string last_words(zip_t* zip) { return zip_error_strerror(zip_get_error(zip)); }

Result<std::string> zipped(const std::vector<ZipEntry>& entries, std::int64_t now) {
  zip_error_t why;
  zip_error_init(&why);
  const std::unique_ptr<zip_source_t, SourceFree> memory(
      zip_source_buffer_create(nullptr, 0, 0, &why));
  zip_source_keep(memory.get());  // closing the zip gives one up
  OpenZip zip(zip_open_from_source(memory.get(), ZIP_TRUNCATE, &why));
  if (!zip) return fail(Code::internal, "a zip cannot be made: {}", zip_error_strerror(&why));
  for (const ZipEntry& entry : entries) {
    zip_source_t* bytes = zip_source_buffer(zip.get(), entry.bytes.data(), entry.bytes.size(), 0);
    const zip_int64_t at = zip_file_add(zip.get(), entry.name.c_str(), bytes, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
      zip_source_free(bytes);
      return fail(Code::internal, "{} cannot be added: {}", entry.name, last_words(zip.get()));
    }
    zip_file_set_mtime(zip.get(), static_cast<zip_uint64_t>(at), static_cast<time_t>(now), 0);
  }
  if (zip_close(zip.get()) != 0)
    return fail(Code::limit, "the zip was not made: {}", last_words(zip.get()));
  static_cast<void>(zip.release());
  zip_stat_t size;
  std::string text;
  if (zip_source_stat(memory.get(), &size) != 0 || zip_source_open(memory.get()) != 0)
    return fail(Code::internal, "the zip cannot be read back");
  text.resize(size.size);
  const auto got = zip_source_read(memory.get(), text.data(), text.size());
  zip_source_close(memory.get());
  if (got != static_cast<zip_int64_t>(text.size()))
    return fail(Code::internal, "the zip cannot be read back");
  return text;
}

}  // namespace

Result<void> write_zip(const std::string& path, const std::vector<ZipEntry>& entries,
                       std::int64_t now) {
  auto bytes = zipped(entries, now);
  if (!bytes) return fail(bytes.error());
  return write_file(path, *bytes);
}

Result<std::vector<std::string>> zip_names(const std::string& path) {
  auto zip = open_zip(path);
  if (!zip) return fail(zip.error());
  std::vector<std::string> names;
  for (zip_int64_t i = 0; i < zip_get_num_entries(zip->get(), 0); ++i)
    names.emplace_back(zip_get_name(zip->get(), static_cast<zip_uint64_t>(i), 0));
  return names;
}

Result<std::string> read_zip_entry(const std::string& path, const std::string& name,
                                   std::size_t most_bytes) {
  auto zip = open_zip(path);
  if (!zip) return fail(zip.error());
  const std::unique_ptr<zip_file_t, ZipFileClose> file(zip_fopen(zip->get(), name.c_str(), 0));
  if (!file)
    return fail(Code::bad_data, "{}: {} cannot be read ({})", path, name, last_words(zip->get()));
  std::string text;
  char block[1 << 16];
  for (;;) {
    const zip_int64_t got = zip_fread(file.get(), block, sizeof block);
    if (got < 0) return fail(Code::bad_data, "{}: {} is torn; fetch or export it anew", path, name);
    if (got == 0) return text;
    if (text.size() + static_cast<std::size_t>(got) > most_bytes)
      return fail(Code::limit, "{}: {} unpacks to more than {} MB and was refused", path, name,
                  most_bytes >> 20);
    text.append(block, static_cast<std::size_t>(got));
  }
}

}  // namespace rehearse::practice
