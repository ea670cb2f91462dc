# Install tree and Debian package. The data (drills, designs, cards) lies under share/rehearse,
# where the executables look for it relative to themselves.

if(EXISTS "${PROJECT_SOURCE_DIR}/designs")
  install(DIRECTORY designs DESTINATION ${CMAKE_INSTALL_DATADIR}/rehearse FILES_MATCHING PATTERN "*.lua")
endif()
install(DIRECTORY drills DESTINATION ${CMAKE_INSTALL_DATADIR}/rehearse
  FILES_MATCHING PATTERN "*.lua" PATTERN "sets.toml" PATTERN "judge" EXCLUDE)
if(EXISTS "${PROJECT_SOURCE_DIR}/content")
  install(DIRECTORY content DESTINATION ${CMAKE_INSTALL_DATADIR}/rehearse)
endif()
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

# What a desktop reads.
if(REHEARSE_DESKTOP)
  configure_file(packaging/org.rehearse.Rehearse.metainfo.xml.in
    "${PROJECT_BINARY_DIR}/generated/org.rehearse.Rehearse.metainfo.xml" @ONLY)
  install(FILES packaging/org.rehearse.Rehearse.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
  install(FILES "${PROJECT_BINARY_DIR}/generated/org.rehearse.Rehearse.metainfo.xml"
    DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
  install(FILES packaging/rehearse.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
endif()

# What the shells and man read is written by `rehearse` itself, from the declarations of its verbs.
set(written "${PROJECT_BINARY_DIR}/generated/packaging")
file(MAKE_DIRECTORY "${written}")
set(ask ${CMAKE_COMMAND} -E env "REHEARSE_DATA=${PROJECT_SOURCE_DIR}" $<TARGET_FILE:rehearse> --home "${written}/home")
add_custom_command(
  OUTPUT "${written}/rehearse.bash" "${written}/_rehearse" "${written}/rehearse.fish" "${written}/rehearse.1"
         "${written}/rehearse.1.gz" "${written}/changelog.gz"
  COMMAND ${ask} completions bash > "${written}/rehearse.bash"
  COMMAND ${ask} completions zsh > "${written}/_rehearse"
  COMMAND ${ask} completions fish > "${written}/rehearse.fish"
  COMMAND ${ask} manual > "${written}/rehearse.1"
  COMMAND gzip -9nkf "${written}/rehearse.1"
  COMMAND gzip -9nc "${PROJECT_SOURCE_DIR}/packaging/changelog" > "${written}/changelog.gz"
  DEPENDS rehearse "${PROJECT_SOURCE_DIR}/packaging/changelog"
  COMMENT "Writing shell completions and the manual page" VERBATIM)
add_custom_target(rehearse_written ALL DEPENDS "${written}/rehearse.1.gz")
install(FILES "${written}/rehearse.bash" DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME rehearse)
install(FILES "${written}/_rehearse" DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES "${written}/rehearse.fish" DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES "${written}/rehearse.1.gz" DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES "${written}/changelog.gz" packaging/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME rehearse)
set(CPACK_PACKAGE_CONTACT "The Rehearse developers <maintainers@rehearse.invalid>")
set(CPACK_DEBIAN_PACKAGE_SECTION education)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "interview practice for machine-learning engineers
 Timed coding drills that an offline judge checks and explains, system designs
 that really run over a simulated site and whose knobs you move, and cards with
 spaced repetition. Window and command line; no account, no network.")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "fonts-inter, fonts-jetbrains-mono, libxgboost0")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "python3, g++, qt6-qpa-plugins")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
include(CPack)
