// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/StorePlace.h"

#include "core/model/Path.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/statvfs.h>
#include <unistd.h>

namespace meteorograph {

namespace {

constexpr std::array<std::string_view, 24> kNetwork{
    "nfs",        "nfs4",           "cifs",         "smb3",           "smbfs",          "ncpfs",
    "afs",        "ceph",           "coda",         "lustre",         "beegfs",         "davfs",
    "fuse.sshfs", "fuse.rclone",    "fuse.s3fs",    "fuse.glusterfs", "fuse.davfs2",    "fuse.gvfsd-fuse",
    "fuse.ceph",  "fuse.curlftpfs", "fuse.juicefs", "fuse.smbnetfs",  "fuse.seaweedfs", "fuse.moosefs"};
constexpr std::array<std::string_view, 6> kShared{"9p",     "virtiofs",         "vboxsf",
                                                  "prl_fs", "fuse.vmhgfs-fuse", "fuse.grpcfuse"};

template <std::size_t N> bool isAmong(std::string_view name, const std::array<std::string_view, N> &all) {
  return std::find(all.begin(), all.end(), name) != all.end();
}

/// Blanks in mountinfo are written as \040 and the like.
std::string unescaped(const std::string &text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && i + 3 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '3';
    plain += escape ? static_cast<char>(std::stoi(text.substr(i + 1, 3), nullptr, 8)) : text[i];
    i += escape ? 3 : 0;
  }
  return plain;
}

std::string fileSystemOfStore(const std::string &store) {
  std::error_code error;
  const std::filesystem::path real = std::filesystem::weakly_canonical(store, error);
  std::ifstream file("/proc/self/mountinfo");
  std::ostringstream mounts;
  mounts << file.rdbuf();
  return error ? std::string() : fileSystemOf(real.string(), mounts.str());
}

} // namespace

StorePlace placeOfFileSystem(std::string_view name) {
  if (isAmong(name, kNetwork))
    return StorePlace::Network;
  return isAmong(name, kShared) ? StorePlace::Shared : StorePlace::Local;
}

std::string fileSystemOf(const std::string &path, const std::string &mountinfo) {
  std::istringstream lines(mountinfo);
  std::string found;
  std::size_t longest = 0;
  for (std::string line; std::getline(lines, line);) {
    // id, parent, device, root, mount point, options …, "-", file system, source, options
    std::istringstream fields(line);
    std::string skipped, point, name;
    fields >> skipped >> skipped >> skipped >> skipped >> point;
    while (fields >> skipped && skipped != "-") {
    }
    fields >> name;
    point = unescaped(point);
    if (name.empty() || point.size() < longest || !isBelow(path, point))
      continue; // of two at one point the later one lies over the other
    longest = point.size();
    found = name;
  }
  return found;
}

Result<void> checkFileSystem(const std::string &store, const std::string &name) {
  if (placeOfFileSystem(name) != StorePlace::Network)
    return {};
  return fail(ErrorCode::StoreUnusable,
              "the store " + store + " lies on a network share (" + name +
                  "), where two machines could damage it: keep the store on a disk of this machine; the data "
                  "folders may be on a share");
}

Result<void> checkPlace(const std::string &store) { return checkFileSystem(store, fileSystemOfStore(store)); }

bool mayWrite(const std::string &store) {
  const std::filesystem::path folder = std::filesystem::path(store).parent_path();
  return ::eaccess(store.c_str(), W_OK) == 0 && ::eaccess(folder.empty() ? "." : folder.c_str(), W_OK) == 0;
}

bool isOnReadOnlyDisk(const std::string &store) {
  struct statvfs disk {};
  return ::statvfs(store.c_str(), &disk) == 0 && (disk.f_flag & ST_RDONLY) != 0;
}

StorePlace placeOf(const std::string &store) { return placeOfFileSystem(fileSystemOfStore(store)); }

} // namespace meteorograph
